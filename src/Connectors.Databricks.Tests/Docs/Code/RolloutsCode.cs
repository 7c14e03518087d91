using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/rollouts.md.</summary>
internal static class RolloutsCode
{
    public static async Task Shift(DatabricksManagementClient management)
    {
        // <rollout>
        await management.Rollouts.AddServedEntityAsync("churn-v1", ServedEntity.Model("main.ml.churn", "8") with
        {
            Name = "challenger",
            WorkloadSize = WorkloadSize.Small,
            ScaleToZero = false,
        });

        TrafficShiftResult result = await management.Rollouts.ShiftTrafficAsync(
            "churn-v1",
            new TrafficShift("challenger")
            {
                Steps = [5, 25, 100],
                SoakTime = TimeSpan.FromMinutes(10),
                Progress = new Progress<TrafficShiftStep>(Console.WriteLine),
                Check = async (step, stop) =>
                {
                    EndpointMetrics metrics = await management.Monitoring.GetMetricsAsync(step.EndpointName, stop);
                    return metrics.ServerErrorsPerMinute is null or < 1 && !(metrics.RequestLatency?.Quantile(0.95) > 500);
                },
            });

        if (result.IsCompleted)
        {
            await management.Rollouts.PromoteAsync("churn-v1", "challenger");
        }
        // </rollout>
    }

    public static async Task Split(DatabricksManagementClient management)
    {
        // <rollout-split>
        await management.Rollouts.SetTrafficAsync("churn-v1", TrafficConfig.Split(("champion", 90), ("challenger", 10)));
        // </rollout-split>
    }

    public static async Task Back(DatabricksManagementClient management)
    {
        // <rollout-back>
        EndpointConfig before = (await management.GetAsync("churn-v1")).Config!;

        await management.Rollouts.PromoteAsync("churn-v1", "challenger");
        await management.Rollouts.RollBackAsync("churn-v1", before);
        // </rollout-back>
    }

    public static async Task Secret(DatabricksManagementClient management, string key)
    {
        // <rollout-secret>
        ServedEntity claude = ServedEntity.External(ExternalModel.ForAnthropic(
            "claude-sonnet-4-5", EndpointTask.Chat, new AnthropicModelConfig { ApiKey = EndpointSecret.FromPlaintext(key) }))
            with { Name = "claude" };

        var options = new EndpointUpdateOptions { EntityOverrides = [claude] };
        await management.Rollouts.SetTrafficAsync("my-chat", TrafficConfig.Split(("claude", 50), ("gpt", 50)), options);
        // </rollout-secret>
    }
}
