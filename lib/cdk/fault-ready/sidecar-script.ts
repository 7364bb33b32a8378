/**
 * What the SSM agent's container runs beside a task: it registers the task as a managed instance, by an activation that carries the
 * tags FIS looks for (user guide, "Use the aws:ecs:task actions") and the environment's, which Systems Manager hands on to the
 * instance; then it is the agent, and undoes the registration when the task ends.
 *
 * Given by the container's environment: `MANAGED_INSTANCE_ROLE_NAME`; `ENVIRONMENT_TAG`, the tag as JSON for the AWS CLI; and by ECS
 * `ECS_CONTAINER_METADATA_URI_V4`. POSIX shell, so that any image will do that has a package manager or the tools.
 */
export const sidecarScript = `set -eu
registration=\${SSM_REGISTRATION:-/var/lib/amazon/ssm/registration}
activation=
agent=

say() { echo "steadfast: $*" >&2; }

leave() {
  trap '' TERM INT
  if [ -n "$activation" ]; then
    aws ssm delete-activation --region "$region" --activation-id "$activation" ||
      say "the activation $activation could not be deleted: it expires within a day"
    instance=$(sed -n 's/.*"ManagedInstanceID" *: *"\\([^"]*\\)".*/\\1/p' "$registration" 2>/dev/null || true)
    if [ -n "$instance" ]; then
      aws ssm deregister-managed-instance --region "$region" --instance-id "$instance" ||
        say "the managed instance $instance could not be deregistered"
    fi
  fi
  if [ -n "$agent" ]; then kill "$agent" 2>/dev/null || true; fi
}

give_up() {
  say "$*, so this task cannot be hit by faults that run inside it"
  leave
  exit 1
}

trap 'leave; exit 0' TERM INT

# An image that holds the tools needs no way to a package repository.
if ! { command -v aws && command -v jq && command -v ps; } >/dev/null 2>&1; then
  manager=$(command -v dnf || command -v yum) || give_up 'the image has neither the AWS CLI, jq and ps nor a package manager'
  "$manager" install -y -q awscli jq procps >&2 || give_up 'the AWS CLI could not be installed'
fi

metadata=$(curl -fsS --retry 5 "$ECS_CONTAINER_METADATA_URI_V4/task") || give_up 'ECS did not say which task this is'
task=$(printf '%s' "$metadata" | jq -r '.TaskARN // empty' || true)
zone=$(printf '%s' "$metadata" | jq -r '.AvailabilityZone // empty' || true)
region=$(printf '%s' "$task" | cut -d : -f 4)
if [ -z "$region" ] || [ -z "$zone" ]; then give_up 'ECS did not say which task this is, and where'; fi

tags="[{\\"Key\\":\\"ECS_TASK_ARN\\",\\"Value\\":\\"$task\\"},{\\"Key\\":\\"ECS_TASK_AVAILABILITY_ZONE\\",\\"Value\\":\\"$zone\\"},{\\"Key\\":\\"FAULT_INJECTION_SIDECAR\\",\\"Value\\":\\"true\\"},$ENVIRONMENT_TAG]"

# IAM takes a while to know a new role, and many tasks may start at once.
tries=0
until answer=$(aws ssm create-activation --region "$region" --iam-role "$MANAGED_INSTANCE_ROLE_NAME" \\
  --registration-limit 1 --tags "$tags" --query '[ActivationId,ActivationCode]' --output text); do
  tries=$((tries + 1))
  if [ "$tries" -ge 10 ]; then give_up 'Systems Manager gave no activation'; fi
  sleep 6
done
set -- $answer
activation=$1
amazon-ssm-agent -register -y -code "$2" -id "$activation" -region "$region" ||
  give_up 'the agent could not register'
say "registered $task"

# In the background, since a shell hears of signals only between commands, and while it waits.
amazon-ssm-agent &
agent=$!
wait "$agent" || true
agent=
give_up 'the agent has ended'
`;
