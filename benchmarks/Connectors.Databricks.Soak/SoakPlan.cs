using System.Globalization;

namespace Connectors.Databricks.Soak;

/// <summary>How much is asked of the client: bounded in calls and in time, whichever comes first.</summary>
internal sealed record SoakPlan(int Callers, int Calls, TimeSpan Longest, double Faults, int Seed)
{
    public const string Help = "Usage: Connectors.Databricks.Soak [--callers 256] [--calls 200000] [--minutes 60] [--faults 0.05] [--seed 1]";

    public static SoakPlan? Parse(string[] arguments)
    {
        var plan = new SoakPlan(Callers: 256, Calls: 200_000, TimeSpan.FromMinutes(60), Faults: 0.05, Seed: 1);
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
                ("--seed", >= 0 and <= int.MaxValue) => plan with { Seed = (int)value },
                _ => null,
            };
        }

        return plan;
    }
}
