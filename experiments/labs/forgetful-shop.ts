import { defineLab } from 'steadfast-chaos';
import queueingShop from './queueing-shop.ts';

/**
 * The same shop with one line moved: its workers take an order out of the queue as they receive it, not once it is paid. As long as
 * payments work nobody can tell the two apart.
 */
export default defineLab({
  ...queueingShop,
  id: 'forgetful-shop',
  title: 'A shop whose workers forget what they could not have paid',
  services: {
    ...queueingShop.services,
    workers: {
      command: ['node', 'orders/workers.ts'],
      env: {
        PORT: '{port}',
        DATABASE_URL: '{database.url}',
        PAYMENT_URL: '{payment.url}',
        TAKE_OUT: 'first',
      },
      health: { path: '/health' },
      uses: ['database', 'payment'],
    },
  },
});
