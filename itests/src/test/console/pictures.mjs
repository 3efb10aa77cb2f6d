// Takes the pictures of docs/console.md, on a server that is fresh; run with SERAI_PICTURES=docs/pictures, see CONTRIBUTING.md.

import { before, test } from 'node:test';
import { open, picture, until, visits } from './browser.mjs';
import { api, configure, deploy, save } from './server.mjs';

const ORDERS = (greeting) => `import java.util.List;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

/** Takes an order and says what it costs. */
@ServiceName("orders.place")
public class Orders implements Service<Orders.Order, Orders.Receipt> {

  /** What somebody wants. */
  public record Order(String customer, List<Line> lines) {}

  /** So many of one item. */
  public record Line(String item, int count) {}

  public record Receipt(String words, int cents) {}

  @Override
  public Receipt handle(Order order, Context context) {
    int cents = order.lines().stream().mapToInt(line -> line.count() * 250).sum();
    context.log().info("{} orders for {} cents", order.customer(), cents);
    return new Receipt("${greeting}, " + order.customer(), cents);
  }
}
`;

const STOCK = `import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

/** Tells how many of an item there are. */
@ServiceName("stock.check")
public class Stock implements Service<String, String> {
  @Override
  public String handle(String item, Context context) {
    if (item.isBlank()) {
      throw new IllegalArgumentException("which item?");
    }
    return "7 of " + item;
  }
}
`;

const SHIPPING = `- route:
    id: shipping
    description: Sends parcels, the large ones by freight
    from:
      uri: service:shipping.send
      steps:
        - choice:
            id: size
            when:
              - id: freight
                simple: "\${body} contains 'pallet'"
                steps:
                  - multicast:
                      id: both
                      steps:
                        - to: { id: carrier, uri: "direct:carrier" }
                        - to: { id: stock, uri: "service:stock.check" }
            otherwise:
              id: parcel
              steps:
                - to: { id: checked, uri: "service:stock.check" }
        - setBody: { id: answered, simple: "sent: \${body}" }
- route:
    id: carrier
    from:
      uri: direct:carrier
      steps:
        - setBody: { id: booked, simple: "booked \${body}" }
`;

const ENVIRONMENT = `security:
  - {name: shop, type: basic_auth, username: shop, password: secret-1-xx}
  - {name: warehouse, type: basic_auth, username: warehouse, password: secret-2-xx}
channel_rest:
  - {name: place-order, service: orders.place, method: [POST], url_path: /orders}
  - {name: stock, service: stock.check, method: [GET], url_path: "/stock/{item}"}
outgoing_rest:
  - {name: catalogue, host: "http://127.0.0.1:9", url_path: "/items/{item}", security: shop, timeout: 3}
pubsub_topic:
  - {name: orders.placed, max_depth: 1000}
  - {name: parcels.sent, max_depth: 1000}
pubsub_permission:
  - {security: shop, pub: [orders.placed, parcels.sent]}
  - {security: warehouse, sub: [orders.placed, parcels.sent]}
pubsub_subscription:
  - {security: warehouse, topic_list: [orders.placed, parcels.sent]}
scheduler:
  - {name: count-stock, service: stock.check, job_type: cron_style, cron_definition: "0 6 * * 1-5", timezone: Europe/Berlin, extra: tea}
  - {name: look-for-parcels, service: stock.check, job_type: interval_based, seconds: 2, extra: parcel}
cache:
  - {name: prices, max_size: 1000}
`;

const order = (customer, count) => JSON.stringify({ customer, lines: [{ item: 'tea', count }] });

before(async () => {
  await save('Orders.java', ORDERS('Thank you'));
  await save('shipping.camel.yaml', SHIPPING);
  await deploy('Stock', STOCK);
  await until(
    'orders are live',
    async () => (await api('GET', 'services/orders.place')).status === 200,
  );
  await until(
    'parcels are',
    async () => (await api('GET', 'services/shipping.send')).status === 200,
  );
  await save('Orders.java', ORDERS('Many thanks'));
  await until(
    'the second revision is live',
    async () => (await api('GET', 'deployments/Orders')).json.revision === 2,
  );
  await configure(ENVIRONMENT);
  for (let i = 1; i <= 40; i++) {
    const customer = ['Ada', 'Grace', 'Barbara', 'Frances'][i % 4];
    await api('POST', 'services/orders.place/invoke', order(customer, i));
    await api('POST', 'services/stock.check/invoke', i % 13 === 0 ? '' : 'tea', 'text/plain');
    await api(
      'POST',
      'services/shipping.send/invoke',
      i % 3 === 0 ? 'pallet' : 'parcel',
      'text/plain',
    );
    await api(
      'POST',
      'pubsub/publish?topic=orders.placed',
      JSON.stringify({ data: { customer, cents: i * 250 } }),
    );
    await api('PUT', `caches/prices/entry?key=item-${i}`, JSON.stringify({ cents: i * 250 }));
  }
  await deploy('Stock', STOCK.replace('"7 of "', '7 of'));
  await until(
    'the job has run a few times',
    async () => (await api('GET', 'scheduler/runs?job=look-for-parcels')).json.total > 9,
  );
});

/** The pages, and what has to be done there before the picture is taken. */
const PAGES = {
  overview: ['/'],
  services: ['/services?q=s'],
  invoke: [
    '/services/orders.place',
    async (page) => {
      await page.getByRole('button', { name: 'Invoke', exact: true }).click();
      await page.getByRole('list', { name: 'Log of this call' }).waitFor();
    },
  ],
  numbers: [
    '/services/orders.place?part=numbers',
    (page) => page.locator('canvas').first().waitFor(),
  ],
  deployment: ['/deployments/Stock'],
  ide: [
    '/ide/deploy/Orders.java',
    async (page) => {
      const text = page.getByRole('textbox', { name: /Text of/ });
      await text.getByText('context.log').click();
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.keyboard.type('context.', { delay: 50 });
      await page.getByRole('option', { name: /cache/ }).first().waitFor();
    },
  ],
  objects: ['/objects'],
  form: ['/objects/new/outgoing_rest'],
  import: [
    '/configuration?part=import',
    async (page) => {
      await page
        .getByRole('textbox', { name: 'YAML to import' })
        .fill('cache:\n  - {name: prices, max_size: 5000}\n  - {name: rates, max_size: 100}\n');
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByText('rates', { exact: false }).nth(1).waitFor();
    },
  ],
  route: [
    '/routes/shipping%23shipping',
    (page) => page.getByRole('button', { name: /^choice/ }).click(),
  ],
  queue: ['/pubsub/queues/warehouse/orders.placed'],
  jobs: ['/scheduler'],
  cache: ['/caches/prices'],
  metrics: ['/charts', (page) => page.locator('canvas').first().waitFor()],
  logs: ['/logs'],
  bundles: [
    '/bundles?q=caravanserai',
    (page) => page.getByRole('grid').evaluate((table) => table.scrollIntoView()),
  ],
  features: ['/features?q=serai'],
  jmx: ['/jmx?q=Memory'],
  shell: [
    '/shell',
    async (page) => {
      await page.getByRole('textbox').first().fill('serai:services');
      await page.keyboard.press('Enter');
      await page.getByText('orders.place').first().waitFor();
    },
  ],
  audit: ['/audit'],
};

const visit = visits({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });

for (const [name, [path, prepare]] of Object.entries(PAGES)) {
  test(
    name,
    visit(async (page) => {
      await open(page, path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('progressbar').first().waitFor({ state: 'detached' });
      await prepare?.(page);
      await picture(page, name);
    }),
  );
}
