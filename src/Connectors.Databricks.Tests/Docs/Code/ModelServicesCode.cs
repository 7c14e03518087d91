using Connectors.Databricks.Management;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/model-services.md.</summary>
internal static class ModelServicesCode
{
    public static async Task Create(DatabricksServingClient serving)
    {
        // <model-services>
        ModelServicesClient services = serving.GetManagementClient().ModelServices;

        // The registered model behind a system service may have another name than the service: copy the destination.
        ModelService system = await services.GetAsync("system.ai.claude-sonnet-4-5");
        var definition = new ModelServiceDefinition(
            "main.ai.support", ModelServiceConfig.To(system.Destinations[0] with { Name = "champion" }));

        await services.CreateAsync(definition);
        await services.Grants.GrantExecuteAsync("main.ai.support", "support-team");

        IChatClient chat = serving.GetChatClient("main.ai.support");
        // </model-services>

        await chat.GetResponseAsync("Hello");
    }

    public static async Task Update(ModelServicesClient services)
    {
        // <model-services-update>
        ModelService service = await services.GetAsync("main.ai.support");
        ModelService changed = service with
        {
            Comment = "For the support team.",
            Config = service.Config! with { RateLimits = [new ModelServiceRateLimit { Requests = 1_000 }] },
        };

        try
        {
            await services.UpdateAsync(changed, [ModelServiceFields.Comment, ModelServiceFields.RateLimits]);
        }
        catch (DatabricksServingException exception) when (exception.Kind == DatabricksServingErrorKind.ConcurrentChange)
        {
            Console.WriteLine("Another client has changed the service: get it again.");
        }
        // </model-services-update>
    }

    public static async Task Parts(ModelServicesClient services, ModelServiceDestination backup)
    {
        // <model-services-parts>
        await services.UpdateFallbacksAsync("main.ai.support", [backup]);
        await services.UpdateRateLimitsAsync("main.ai.support",
        [
            new ModelServiceRateLimit { Key = ModelServiceRateLimitKey.UserDefault, Requests = 60 },
            new ModelServiceRateLimit { Tokens = 1_000_000, RenewalPeriod = ModelServiceRenewalPeriod.Hour },
        ]);
        await services.UpdateInferenceTableAsync("main.ai.support", ModelServiceInferenceTable.In("main.logs", "support"));
        // </model-services-parts>
    }

    public static async Task Grants(ModelServicesClient services)
    {
        // <model-services-grants>
        foreach (ModelServiceGrant grant in await services.Grants.GetAsync("main.ai.support"))
        {
            Console.WriteLine($"{grant.Principal}: {string.Join(", ", grant.Privileges)}");
        }

        await services.Grants.RevokeExecuteAsync("main.ai.support", "contractors");
        // </model-services-grants>
    }

    public static async Task Shift(DatabricksServingClient serving, ModelServicesClient services, ModelServiceDestination challenger)
    {
        // <model-services-rollout>
        await services.Rollouts.AddDestinationAsync("main.ai.support", challenger with { Name = "challenger" });

        ModelServiceTrafficShiftResult result = await services.Rollouts.ShiftTrafficAsync(
            "main.ai.support",
            new ModelServiceTrafficShift("challenger")
            {
                Steps = [5, 25, 100],
                SoakTime = TimeSpan.FromMinutes(10),
                Progress = new Progress<ModelServiceTrafficShiftStep>(Console.WriteLine),
                Check = async (step, stop) =>
                {
                    IChatClient chat = serving.GetChatClient(step.ServiceName);
                    ChatResponse response = await chat.GetResponseAsync("What is 6 times 7?", cancellationToken: stop);
                    return response.Text.Contains("42", StringComparison.Ordinal);
                },
            });

        if (result.IsCompleted)
        {
            await services.Rollouts.PromoteAsync("main.ai.support", "challenger");
        }
        // </model-services-rollout>
    }

    public static async Task Back(ModelServicesClient services)
    {
        // <model-services-back>
        ModelService before = await services.GetAsync("main.ai.support");

        await services.Rollouts.SetTrafficAsync("main.ai.support", TrafficConfig.Split(("champion", 90), ("challenger", 10)));
        await services.Rollouts.RollBackAsync("main.ai.support", before);
        // </model-services-back>
    }
}
