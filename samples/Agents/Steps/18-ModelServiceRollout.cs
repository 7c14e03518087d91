using Connectors.Databricks;
using Connectors.Databricks.Management;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>An app calls one name; the model behind it is replaced in steps, and a model that fails goes back.</summary>
internal sealed class ModelServiceRollout : IStep
{
    private const string Service = "main.ai.assistant";
    private const string Challenger = "challenger";
    private const int Calls = 20;

    public string Title => "A gradual rollout of a model service";

    public async Task RunAsync(Workspace workspace)
    {
        if (workspace.Emulator is null)
        {
            Console.WriteLine("This step creates a model service in the emulator, and none in a workspace.");
            return;
        }

        // A check should see each failure: the client that it calls with does not retry.
        DatabricksServingClient caller = workspace.Connect(options => options.Resilience.Retry = null);
        ModelServicesClient services = workspace.Serving.GetManagementClient().ModelServices;
        await services.CreateAsync(new ModelServiceDefinition(
            Service, ModelServiceConfig.To(await DestinationAsync(services, "champion", "system.ai.claude-sonnet-4-5"))));
        await services.Rollouts.AddDestinationAsync(Service, await DestinationAsync(services, Challenger, "system.ai.kimi-k3"));
        Console.WriteLine(await services.GetAsync(Service));

        workspace.Emulator.ModelService(Service).FailsDestination(Challenger);
        ModelServiceTrafficShiftResult failed = await services.Rollouts.ShiftTrafficAsync(Service, Shift(caller));
        Console.WriteLine($"Rolled back: {failed.Service}");
        StepFailedException.Unless(
            !failed.IsCompleted && failed.Service.Destinations[1].TrafficPercentage == 0,
            "A destination that fails should get no traffic.");

        Console.WriteLine();
        workspace.Emulator.ModelService(Service).RepairsDestination(Challenger);
        ModelServiceTrafficShiftResult result = await services.Rollouts.ShiftTrafficAsync(Service, Shift(caller));
        StepFailedException.Unless(result.IsCompleted, "The rollout should go through.");

        ModelService promoted = await services.Rollouts.PromoteAsync(Service, Challenger);
        Console.WriteLine($"Promoted: {promoted}");
        StepFailedException.Unless(promoted.Destinations.Count == 1, "Only the promoted destination should be left.");

        await services.DeleteAsync(Service, promoted.Etag);
        StepFailedException.Unless(await services.FindAsync(Service) is null, "The service should be gone.");
    }

    // The registered model behind a system service may have another name than the service, so the destination is copied.
    private static async Task<ModelServiceDestination> DestinationAsync(ModelServicesClient services, string name, string systemService) =>
        (await services.GetAsync(systemService)).Destinations[0] with { Name = name };

    private static ModelServiceTrafficShift Shift(DatabricksServingClient serving) => new(Challenger)
    {
        Steps = [25, 50, 100],
        Check = async (step, stop) =>
        {
            var (answeredByIt, errors) = await TryOut(serving, stop);
            Console.WriteLine($"  {step.Percentage,3} %: served {answeredByIt} of {Calls} calls, {errors} errors");
            return errors == 0;
        },
    };

    private static async Task<(int AnsweredByIt, int Errors)> TryOut(DatabricksServingClient serving, CancellationToken stop)
    {
        using IChatClient chat = serving.GetChatClient(Service);
        var (answeredByIt, errors) = (0, 0);
        for (var call = 0; call < Calls; call++)
        {
            try
            {
                ChatResponse response = await chat.GetResponseAsync("What is 6 times 7?", cancellationToken: stop);
                answeredByIt += response.AdditionalProperties?[DatabricksPropertyNames.ServedModelName] is Challenger ? 1 : 0;
            }
            catch (DatabricksServingException)
            {
                errors++;
            }
        }

        return (answeredByIt, errors);
    }
}
