using System.Globalization;

namespace Connectors.Databricks.Soak.Kills;

/// <summary>How often a batch is killed.</summary>
/// <param name="Times">The number of batches, each of which is killed once.</param>
/// <param name="Items">The number of requests of a batch.</param>
/// <param name="Concurrency">The number of requests in flight.</param>
/// <param name="Seed">The random seed of the moments.</param>
internal sealed record KillPlan(int Times, int Items, int Concurrency, int Seed)
{
    public const string Help = "Usage: Connectors.Databricks.Soak kill [--times 50] [--items 2000] [--concurrency 16] [--seed 1]";

    public static KillPlan? Parse(ReadOnlySpan<string> arguments)
    {
        var plan = new KillPlan(Times: 50, Items: 2_000, Concurrency: 16, Seed: 1);
        for (var i = 0; i < arguments.Length && plan is not null; i += 2)
        {
            var value = i + 1 < arguments.Length && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out var number)
                ? number
                : -1;
            plan = (arguments[i], value) switch
            {
                ("--times", >= 1 and <= 10_000) => plan with { Times = value },
                ("--items", >= 10 and <= 1_000_000) => plan with { Items = value },
                ("--concurrency", >= 1 and <= 1_000) => plan with { Concurrency = value },
                ("--seed", >= 0) => plan with { Seed = value },
                _ => null,
            };
        }

        return plan;
    }
}
