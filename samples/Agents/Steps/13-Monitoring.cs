using System.Globalization;
using Connectors.Databricks;
using Connectors.Databricks.Management;

namespace Agents.Steps;

/// <summary>How an endpoint is doing: its state, its columns, its figures, and its log.</summary>
internal sealed class Monitoring : IStep
{
    private const int Calls = 25;

    public string Title => "Monitoring an endpoint";

    public async Task RunAsync(Workspace workspace)
    {
        if (workspace.Emulator is null)
        {
            Console.WriteLine($"This step watches the emulator's '{Endpoints.Churn}': put a custom model of yours here.");
            return;
        }

        DatabricksManagementClient management = workspace.Serving.GetManagementClient();
        ServingEndpoint endpoint = await management.GetAsync(Endpoints.Churn);
        EndpointSignature signature = await workspace.Serving.Directory.GetSignatureAsync(Endpoints.Churn);
        Console.WriteLine(endpoint);
        Console.WriteLine($"inputs {string.Join(", ", signature.Inputs)}; outputs {string.Join(", ", signature.Outputs)}");

        var table = DatabricksPredictionInput.DataframeSplit(["tenure", "monthly_charges"], [[10, 50.0]]);
        for (var call = 0; call < Calls; call++)
        {
            await workspace.Serving.PredictAsync(Endpoints.Churn, table);
        }

        EndpointMetrics metrics = await management.Monitoring.GetMetricsAsync(Endpoints.Churn);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{metrics.RequestsPerMinute:F0} requests in the last minute, {metrics.ServerErrorsPerMinute:F0} failed, half of them within " +
            $"{metrics.RequestLatency?.Quantile(0.5):F1} ms, 95 of 100 within {metrics.RequestLatency?.Quantile(0.95):F1} ms"));

        string log = await management.Monitoring.GetServerLogsAsync(Endpoints.Churn, endpoint.Config!.ServedEntities[0].Name!);
        Console.WriteLine(Terminal.Dim(log.TrimEnd().Split('\n')[^1]));

        StepFailedException.Unless(endpoint.IsReady, "The endpoint should be ready.");
        StepFailedException.Unless(metrics.RequestsPerMinute >= Calls, "The metrics should count the calls.");
        StepFailedException.Unless(signature.Inputs.Count == 2, "The model takes two columns.");
    }
}
