// Run inside the page, as code that got into it would: each must stand alone.

/** Tries every way past the content security policy. */
export async function breakPolicy() {
  const violations: string[] = [];
  document.addEventListener('securitypolicyviolation', (e) => violations.push(e.effectiveDirective));
  const page = window as unknown as { ran?: boolean };
  const made: HTMLElement[] = [];
  const add = (tag: string, fields: object) => {
    const element = Object.assign(document.createElement(tag), fields);
    made.push(element);
    document.body.append(element);
  };
  const threw = (work: () => unknown) =>
    Promise.resolve()
      .then(work)
      .then(
        () => false,
        () => true,
      );
  await new Promise((later) => setTimeout(later)); // the debugger's own call is free of the policy
  const outcome = {
    eval: await threw(() => Reflect.get(window, 'eval')('1')),
    Function: await threw(() => new Function('return 1')()),
    fetch: await threw(() => fetch('https://example.org/')),
  };
  add('script', { textContent: 'window.ran = true' });
  add('script', { src: 'https://example.org/x.js' });
  add('script', { src: 'data:text/javascript,window.ran = true' });
  add('img', { src: 'https://example.org/x.png' });
  add('iframe', { src: 'https://example.org/' });
  add('div', { innerHTML: '<b onclick="window.ran = true" id="inline">x</b>' });
  document.getElementById('inline')!.click();
  setTimeout('window.ran = true', 0);
  await new Promise((later) => setTimeout(later, 300));
  for (const element of made) element.remove();
  return { ...outcome, ran: page.ran ?? false, violations: [...new Set(violations)].sort() };
}

/** Tries every way to another page or window; one link leads to a paper, which may be opened in the browser. */
export function leavePage(): void {
  const evil = 'https://evil.example/';
  for (const url of [evil, 'file:///etc/passwd', 'about:blank']) window.open(url);
  const click = (href: string, target: string) => {
    const link = Object.assign(document.createElement('a'), { href, target });
    document.body.append(link);
    link.click();
    link.remove();
  };
  click(evil, '_blank');
  click(evil, '');
  click('https://arxiv.org/abs/1512.03385', '_blank');
  const form = Object.assign(document.createElement('form'), { action: evil, method: 'post' });
  document.body.append(form);
  form.submit();
  form.remove();
  document.head.append(
    Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${evil}` }),
  );
  location.href = evil;
}

export async function askPermissions() {
  const denied = (work: () => Promise<unknown>) =>
    Promise.resolve()
      .then(work)
      .then(
        () => false,
        () => true,
      );
  const state = (name: string) =>
    navigator.permissions.query({ name: name as PermissionName }).then(
      (status) => status.state,
      () => 'denied',
    );
  const names = ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read', 'midi'];
  return {
    camera: await denied(() => navigator.mediaDevices.getUserMedia({ video: true })),
    place: await denied(() => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))),
    clipboard: await denied(() => navigator.clipboard.readText()),
    screen: await denied(() => navigator.mediaDevices.getDisplayMedia()),
    notifications: await Notification.requestPermission(),
    granted: (await Promise.all(names.map(state))).filter((s) => s === 'granted'),
  };
}

/** Calls that no contract names. @returns those that were answered */
export async function callUnknown(): Promise<string[]> {
  const channels = ['shell.open', 'nonsense', '__proto__', 'app', 'app.info.more', '', 'constructor.name'];
  const answered = await Promise.all(
    channels.map((channel) =>
      Promise.resolve()
        .then(() => window.bridge.call(channel, {}))
        .then(
          () => [channel],
          () => [],
        ),
    ),
  );
  return answered.flat();
}
