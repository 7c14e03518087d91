using System.Globalization;

namespace Connectors.Databricks.Soak;

/// <summary>The extent of a run: bounded in calls and in time, whichever comes first.</summary>
/// <param name="Callers">The number of concurrent callers.</param>
/// <param name="Calls">The total number of calls.</param>
/// <param name="Longest">The latest start of a call.</param>
/// <param name="Faults">The fraction of calls with a fault.</param>
/// <param name="Leaving">The fraction of calls that are canceled.</param>
/// <param name="Seed">The random seed.</param>
/// <param name="Runs">The number of background runs of each kind of agent.</param>
internal sealed record SoakPlan(int Callers, int Calls, TimeSpan Longest, double Faults, double Leaving, int Seed, int Runs)
{
    public const string Help =
        "Usage: Connectors.Databricks.Soak [--callers 256] [--calls 200000] [--minutes 60] [--faults 0.05] [--leaving 0.01] [--seed 1] " +
        "[--runs 200]";

    public static SoakPlan? Parse(string[] arguments)
    {
        var plan = new SoakPlan(Callers: 256, Calls: 200_000, TimeSpan.FromMinutes(60), Faults: 0.05, Leaving: 0.01, Seed: 1, Runs: 200);
        for (var i = 0; i < arguments.Length && plan is not null; i += 2)
        {
            var value = i + 1 < arguments.Length
                && double.TryParse(arguments[i + 1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number
                : double.NaN;
            plan = (arguments[i], value) switch
            {
                ("--callers", >= 1 and <= 10_000) => plan with { Callers = (int)value },
                ("--calls", >= 1 and <= 100_000_000) => plan with { Calls = (int)value },
                ("--minutes", > 0 and <= 24 * 60) => plan with { Longest = TimeSpan.FromMinutes(value) },
                ("--faults", >= 0 and <= 1) => plan with { Faults = value },
                ("--leaving", >= 0 and <= 1) => plan with { Leaving = value },
                ("--runs", >= 0 and <= 1_000_000) => plan with { Runs = (int)value },
                ("--seed", >= 0 and <= int.MaxValue) => plan with { Seed = (int)value },
                _ => null,
            };
        }

        return plan;
    }
}
