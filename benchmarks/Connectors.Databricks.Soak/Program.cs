using Connectors.Databricks.Soak;

var plan = SoakPlan.Parse(args);
if (plan is null)
{
    Console.Error.WriteLine(SoakPlan.Help);
    return 2;
}

return await SoakRun.RunAsync(plan) ? 0 : 1;
