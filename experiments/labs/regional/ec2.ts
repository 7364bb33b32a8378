import { serve } from './serve.ts';

/** As much of EC2 as the workers ask for. */
const answer =
  '<?xml version="1.0" encoding="UTF-8"?><DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet/></DescribeInstancesResponse>';

serve({ 'POST /': () => ({ type: 'text/xml;charset=UTF-8', body: answer }) });
