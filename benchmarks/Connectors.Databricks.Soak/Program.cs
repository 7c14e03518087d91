using System.Globalization;
using Connectors.Databricks.Emulator;
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
        return SoakPlan.Parse(args) is { } plan ? await SoakRun.RunAsync(plan) & await RunAgentsAsync(plan) ? 0 : 1
            : Explain(SoakPlan.Help);
}

static async Task<bool> RunAgentsAsync(SoakPlan plan)
{
    var isRight = true;
    foreach (var server in plan.Runs > 0 ? Enum.GetValues<EmulatedAgentServer>() : [])
    {
        var (wrong, faults) = await AgentSoak.RunAsync(server, plan.Runs, plan.Faults, plan.Seed, TimeProvider.System);
        Console.WriteLine(
            $"{plan.Runs:N0} background runs of an agent ({server}), {faults:N0} faults: " +
            (wrong.Count == 0 ? "nothing was lost, doubled or crossed." : $"{wrong.Count:N0} WERE WRONG."));
        foreach (var line in wrong.Take(10))
        {
            Console.WriteLine(line.Length > 400 ? line[..400] : line);
        }

        isRight &= wrong.Count == 0;
    }

    return isRight;
}

static int Explain(string help)
{
    Console.Error.WriteLine(help);
    return 2;
}
