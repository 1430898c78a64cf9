/** What the original application does when somebody enters: Express, and EXISTS, GET and SADD, one after the other. */
import express from 'express';
import { Redis } from 'ioredis';

const { PORT, REDIS_URL = '' } = process.env;

const redis = new Redis(REDIS_URL);
const app = express();

app.get('/enter/:login', async (request, response) => {
  const { login } = request.params;
  if ((await redis.exists('plain:is_open')) === 0) return response.status(403).send('Draw closed');
  const profile = await redis.get(`plain:profiles:${login}`);
  if (profile === null) return response.status(404).send('No such user');
  await redis.sadd('plain:entrants', login);
  return response.status(200).json(JSON.parse(profile));
});

app.listen(Number(PORT), '127.0.0.1', () => process.stdout.write('listening\n'));

// So that it leaves its profile behind.
process.once('SIGTERM', () => process.exit());
