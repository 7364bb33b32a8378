/** What CloudWatch shows of the widget where somebody adds it to a dashboard. */
export const widgetManual = `## Steadfast: a game day

Shows the edition of a game day that is under way to one role, with what that role may do: each role has a function of its own, and IAM
decides who may invoke it. Whoever looks at the dashboard needs \`lambda:InvokeFunction\` on the function of their role.

### Parameters

Parameter | Description
---|---
**gameDay** | The id of a game day: only its editions are shown.
**edition** | One edition, also one that is over.

### Example

\`\`\` yaml
gameDay: payment-outage
\`\`\`
`;
