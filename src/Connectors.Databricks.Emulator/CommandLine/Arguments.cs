using System.Globalization;

namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>The parsed command line. <see cref="Error"/> describes an invalid one.</summary>
internal sealed record Arguments(DatabricksEmulatorOptions Options, bool WantsHelp = false, string? Error = null)
{
    /// <summary>The apps to start.</summary>
    public IReadOnlyList<(string Name, EmulatedAgentServer Server)> Apps { get; private init; } = [];

    /// <summary>A program to run against the emulator, with its arguments; empty to serve until stopped.</summary>
    public IReadOnlyList<string> Program { get; private init; } = [];

    public const string Help = """
        Usage: Connectors.Databricks.Emulator [options] [[--] program [arguments]]

        Starts a local server that emulates Databricks Model Serving. It listens on 127.0.0.1 only.
        A program after the options runs with DATABRICKS_HOST and DATABRICKS_TOKEN set; the emulator exits with its exit code.

        Options:
          --port <0-65535>        The port; 0, the default, takes any free port.
          --token <text>          The personal access token that clients send.
          --client-id <text>      The client id of the service principal, for OAuth.
          --client-secret <text>  Its OAuth secret.
          --token-lifetime <time> The lifetime of OAuth tokens, such as 90s or 30m; the default is 1h.
          --azure-tenant <text>   Makes the workspace an Azure workspace of this Entra tenant.
          --token-delay <time>    The delay before each streamed event, such as 20ms or 0.5s.
          --workspace <kind>      The kind of workspace: classic, gateway-enforced or sovereign; the default is classic.
          --app <name[:server]>   Starts an agent on Databricks Apps: long-running, the default, or invocations; can be repeated.
          --strict                Rejects what the service is not known to accept.
          --workspace-id <text>   The id sent in x-databricks-org-id.
          --reads-to-deploy <n>   How many GETs report a deployment in progress; the default is 1.
          --cold-start <time>     The delay of an endpoint that is scaled to zero; the default is 5s.
          --fault <name[:0-1]>    Injects a fault, with this probability or always; can be repeated.
          --fault-seed <number>   The seed of fault injection; the default is 1.
          --fault-pause <time>    The duration of injected delays; the default is 1s.
          --help                  Prints this text.
        """;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestColdStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(1);

    private static readonly string[] Names =
    [
        "--app", "--port", "--token", "--client-id", "--client-secret", "--token-lifetime", "--azure-tenant", "--token-delay",
        "--workspace", "--workspace-id", "--reads-to-deploy", "--cold-start",
        "--fault", "--fault-seed", "--fault-pause",
    ];

    public static Arguments Parse(IReadOnlyList<string> arguments)
    {
        var options = new DatabricksEmulatorOptions();
        List<(string, EmulatedAgentServer)> apps = [];
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            if (name is "--help" or "-h" or "-?")
            {
                return new Arguments(options, WantsHelp: true);
            }

            if (name is "--")
            {
                return index + 1 < arguments.Count
                    ? new Arguments(options) { Apps = apps, Program = [.. arguments.Skip(index + 1)] }
                    : Failed(options, "There is no program after --.");
            }

            if (name.Length > 0 && name[0] != '-')
            {
                return new Arguments(options) { Apps = apps, Program = [.. arguments.Skip(index)] };
            }

            if (name is "--strict")
            {
                options.Strict = true;
                continue;
            }

            if (!Names.Contains(name))
            {
                return Failed(options, $"Unknown option '{name}'.");
            }

            if (++index == arguments.Count)
            {
                return Failed(options, $"Option '{name}' needs a value.");
            }

            if (name is "--app")
            {
                if (AppArgument.Parse(arguments[index]) is not { } app)
                {
                    return Failed(
                        options, $"'{arguments[index]}' is not an app; use name, name:{string.Join(" or name:", AppArgument.Servers)}.");
                }

                apps.Add(app);
                continue;
            }

            if (Apply(options, name, arguments[index]) is string error)
            {
                return Failed(options, error);
            }
        }

        return new Arguments(options) { Apps = apps };
    }

    private static string? Apply(DatabricksEmulatorOptions options, string name, string value)
    {
        switch (name)
        {
            case "--port" when ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port):
                options.Port = port;
                return null;
            case "--port":
                return $"'{value}' is not a port; use a number from 0 to 65535.";
            case "--workspace" when WorkspaceArgument.Parse(value) is EmulatedWorkspace workspace:
                options.Workspace = workspace;
                return null;
            case "--workspace":
                return $"'{value}' is not a kind of workspace; use {string.Join(", ", WorkspaceArgument.Names)}.";
            case "--token-delay" when TryTime(value, LongestDelay) is TimeSpan delay:
                options.TokenDelay = delay;
                return null;
            case "--token-delay":
                return $"'{value}' is not a duration; use a format such as 20ms or 0.5s.";
            case "--token-lifetime" when TryTime(value, LongestLifetime) is { Ticks: > 0 } lifetime:
                options.Authentication.TokenLifetime = lifetime;
                return null;
            case "--token-lifetime":
                return $"'{value}' is not a lifetime; use a format such as 90s, 30m or 1h.";
            case "--reads-to-deploy" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var reads):
                options.Management.ReadsToDeploy = reads;
                return null;
            case "--reads-to-deploy":
                return $"'{value}' is not a number of reads; use 0 or more.";
            case "--cold-start" when TryTime(value, LongestColdStart) is TimeSpan coldStart:
                options.Management.ColdStart = coldStart;
                return null;
            case "--cold-start":
                return $"'{value}' is not a duration; use a format such as 20ms, 0.5s or 1m.";
            case "--fault" when FaultArgument.Parse(value) is { } fault:
                options.Faults.Initial.Add(fault);
                return null;
            case "--fault":
                return $"'{value}' is not a fault; use name or name:0.05. Names: {string.Join(", ", FaultArgument.Names)}.";
            case "--fault-seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                options.Faults.Seed = seed;
                return null;
            case "--fault-seed":
                return $"'{value}' is not a seed; use an integer.";
            case "--fault-pause" when TryTime(value, LongestDelay) is TimeSpan pause:
                options.Faults.Pause = pause;
                return null;
            case "--fault-pause":
                return $"'{value}' is not a duration; use a format such as 20ms or 0.5s.";
            case var _ when string.IsNullOrWhiteSpace(value):
                return $"Option '{name}' needs a value.";
            case "--token":
                options.Authentication.Token = value;
                return null;
            case "--client-id":
                options.Authentication.ClientId = value;
                return null;
            case "--client-secret":
                options.Authentication.ClientSecret = value;
                return null;
            case "--azure-tenant":
                options.AzureTenantId = value;
                return null;
            default:
                options.WorkspaceId = value;
                return null;
        }
    }

    private static TimeSpan? TryTime(string text, TimeSpan longest)
    {
        (var number, double unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.OrdinalIgnoreCase) => (text[..^2], 1),
            _ when text.EndsWith('s') => (text[..^1], 1000),
            _ when text.EndsWith('m') => (text[..^1], 60_000),
            _ when text.EndsWith('h') => (text[..^1], 3_600_000),
            _ => (text, 1),
        };
        var isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        return isNumber && value * unit <= longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(value * unit) : null;
    }

    private static Arguments Failed(DatabricksEmulatorOptions options, string error) => new(options, Error: error);
}
