using System.Globalization;

namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>The command line, read. <see cref="Error"/> says what was wrong with it.</summary>
internal sealed record Arguments(DatabricksEmulatorOptions Options, bool WantsHelp = false, string? Error = null)
{
    /// <summary>A program to run against the emulator, with its arguments; empty to serve until stopped.</summary>
    public IReadOnlyList<string> Program { get; private init; } = [];

    public const string Help = """
        Usage: Connectors.Databricks.Emulator [options] [-- program [arguments]]

        Starts a local server that answers as Databricks Model Serving does. It listens on 127.0.0.1 only.
        A program behind -- runs with DATABRICKS_HOST and DATABRICKS_TOKEN set; the emulator ends when it ends, with its exit code.

        Options:
          --port <0-65535>        The port; 0, the default, takes any free one.
          --token <text>          The personal access token clients may send.
          --client-id <text>      The client id of the service principal, for OAuth.
          --client-secret <text>  Its OAuth secret.
          --token-lifetime <time> How long an OAuth token is valid, such as 90s or 30m; 1h is the default.
          --azure-tenant <text>   Makes it an Azure workspace of this Entra tenant.
          --token-delay <time>    Waits this long before each streamed event, such as 20ms or 0.5s.
          --workspace-id <text>   The id sent in x-databricks-org-id.
          --reads-to-deploy <n>   How many GETs show a deployment in progress; 1 is the default.
          --cold-start <time>     How long an endpoint scaled to zero takes to answer; 5s is the default.
          --fault <name[:0-1]>    Spoils answers, each request with this probability or always; may be given several times.
          --fault-seed <number>   What the draws of faults start from; 1 is the default.
          --fault-pause <time>    How long the delays among the faults last; 1s is the default.
          --help                  Shows this text.
        """;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestColdStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(1);

    private static readonly string[] Names =
    [
        "--port", "--token", "--client-id", "--client-secret", "--token-lifetime", "--azure-tenant", "--token-delay", "--workspace-id",
        "--reads-to-deploy", "--cold-start",
        "--fault", "--fault-seed", "--fault-pause",
    ];

    public static Arguments Parse(IReadOnlyList<string> arguments)
    {
        var options = new DatabricksEmulatorOptions();
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
                    ? new Arguments(options) { Program = [.. arguments.Skip(index + 1)] }
                    : Failed(options, "Behind -- stands no program to run.");
            }

            if (!Names.Contains(name))
            {
                return Failed(options, $"Unknown option '{name}'.");
            }

            if (++index == arguments.Count)
            {
                return Failed(options, $"Option '{name}' needs a value.");
            }

            if (Apply(options, name, arguments[index]) is string error)
            {
                return Failed(options, error);
            }
        }

        return new Arguments(options);
    }

    private static string? Apply(DatabricksEmulatorOptions options, string name, string value)
    {
        switch (name)
        {
            case "--port" when ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port):
                options.Port = port;
                return null;
            case "--port":
                return $"'{value}' is no port; it must be a number from 0 to 65535.";
            case "--token-delay" when TryTime(value, LongestDelay) is TimeSpan delay:
                options.TokenDelay = delay;
                return null;
            case "--token-delay":
                return $"'{value}' is no time; write it as 20ms or 0.5s.";
            case "--token-lifetime" when TryTime(value, LongestLifetime) is { Ticks: > 0 } lifetime:
                options.Authentication.TokenLifetime = lifetime;
                return null;
            case "--token-lifetime":
                return $"'{value}' is no lifetime; write it as 90s, 30m or 1h.";
            case "--reads-to-deploy" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var reads):
                options.Management.ReadsToDeploy = reads;
                return null;
            case "--reads-to-deploy":
                return $"'{value}' is no number of reads; it must be 0 or more.";
            case "--cold-start" when TryTime(value, LongestColdStart) is TimeSpan coldStart:
                options.Management.ColdStart = coldStart;
                return null;
            case "--cold-start":
                return $"'{value}' is no time; write it as 20ms, 0.5s or 1m.";
            case "--fault" when FaultArgument.Parse(value) is { } fault:
                options.Faults.Initial.Add(fault);
                return null;
            case "--fault":
                return $"'{value}' is no fault; write it as name or name:0.05. The names: {string.Join(", ", FaultArgument.Names)}.";
            case "--fault-seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                options.Faults.Seed = seed;
                return null;
            case "--fault-seed":
                return $"'{value}' is no seed; it must be a whole number.";
            case "--fault-pause" when TryTime(value, LongestDelay) is TimeSpan pause:
                options.Faults.Pause = pause;
                return null;
            case "--fault-pause":
                return $"'{value}' is no time; write it as 20ms or 0.5s.";
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
