using Connectors.Databricks;
using Connectors.Databricks.Management;

namespace Agents.Steps;

/// <summary>A new version gets more and more of the calls, is judged after each step, and one that fails goes back.</summary>
internal sealed class GradualRollout : IStep
{
    private const string Endpoint = "churn-ab";
    private const string Challenger = "challenger";
    private const int Calls = 40;

    public string Title => "A gradual rollout";

    public async Task RunAsync(Workspace workspace)
    {
        if (workspace.Emulator is null)
        {
            Console.WriteLine($"This step changes the emulator's '{Endpoint}': no rollout should be a sample's doing on a workspace.");
            return;
        }

        DatabricksManagementClient management = workspace.Serving.GetManagementClient();
        EndpointRolloutsClient rollouts = management.Rollouts;
        EndpointConfig before = (await management.GetAsync(Endpoint)).Config!;
        Console.WriteLine($"{Endpoint}: {before.Traffic}");

        TrafficShiftResult refused = await rollouts.ShiftTrafficAsync(Endpoint, Shift(workspace.Serving, mostErrors: -1));
        Console.WriteLine($"Refused: {refused.Endpoint.Config!.Traffic} as before");
        StepFailedException.Unless(
            !refused.IsCompleted && refused.Endpoint.Config.Traffic!.PercentageOf(Challenger) == before.Traffic!.PercentageOf(Challenger),
            "A step that is refused should take everything back.");

        Console.WriteLine();
        TrafficShiftResult result = await rollouts.ShiftTrafficAsync(Endpoint, Shift(workspace.Serving, mostErrors: 0));
        StepFailedException.Unless(result.IsCompleted, "The rollout should go through.");

        ServingEndpoint promoted = await rollouts.PromoteAsync(Endpoint, Challenger);
        Console.WriteLine($"Promoted: {promoted.Config!.Traffic}");
        StepFailedException.Unless(promoted.Config.ServedEntities.Count == 1, "Only the promoted version should be left.");

        await rollouts.RollBackAsync(Endpoint, before);
    }

    private static TrafficShift Shift(DatabricksServingClient serving, int mostErrors) => new(Challenger)
    {
        Steps = [25, 50, 100],
        Progress = new Line(),
        Check = async (step, stop) =>
        {
            var (answeredByIt, errors) = await TryOut(serving, stop);
            Console.WriteLine(
                $"  {new string('#', step.Percentage / 4),-25} {step.Percentage,3} %: served {answeredByIt} of {Calls} calls, " +
                $"{errors} errors");
            return errors <= mostErrors;
        },
    };

    private static async Task<(int AnsweredByIt, int Errors)> TryOut(DatabricksServingClient serving, CancellationToken stop)
    {
        var table = DatabricksPredictionInput.DataframeSplit(["tenure", "monthly_charges"], [[10, 50.0]]);
        var (answeredByIt, errors) = (0, 0);
        for (var call = 0; call < Calls; call++)
        {
            try
            {
                DatabricksPrediction prediction = await serving.PredictAsync(Endpoint, table, cancellationToken: stop);
                answeredByIt += prediction.RawResponses[0].ServedModelName == Challenger ? 1 : 0;
            }
            catch (DatabricksServingException)
            {
                errors++;
            }
        }

        return (answeredByIt, errors);
    }

    // Unlike Progress<T>, which reports later and elsewhere, so that lines would come in any order.
    private sealed class Line : IProgress<TrafficShiftStep>
    {
        public void Report(TrafficShiftStep value) => Console.WriteLine(Terminal.Dim($"  {value}"));
    }
}
