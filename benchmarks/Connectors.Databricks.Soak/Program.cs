using System.Globalization;
using Connectors.Databricks.Soak;
using Connectors.Databricks.Soak.Kills;

switch (args)
{
    case [BatchProcess.Command, var host, var path, var items, var concurrency]:
        return await BatchProcess.RunAsync(
            new Uri(host), path, int.Parse(items, CultureInfo.InvariantCulture), int.Parse(concurrency, CultureInfo.InvariantCulture));
    case ["kill", .. var kill]:
        return KillPlan.Parse(kill) is { } kills ? await KillRun.RunAsync(kills) ? 0 : 1 : Explain(KillPlan.Help);
    default:
        return SoakPlan.Parse(args) is { } plan ? await SoakRun.RunAsync(plan) ? 0 : 1 : Explain(SoakPlan.Help);
}

static int Explain(string help)
{
    Console.Error.WriteLine(help);
    return 2;
}
