using System.Globalization;
using System.Text.Json.Serialization;
using Connectors.Databricks;

namespace Agents.Steps;

/// <summary>A table of customers goes to a classic model, and each row comes back with its score.</summary>
internal sealed partial class ScoredTable : IStep
{
    private static readonly Customer[] Customers =
    [
        new("Ada", Tenure: 40, MonthlyCharges: 20),
        new("Grace", Tenure: 10, MonthlyCharges: 50),
        new("Edsger", Tenure: 1, MonthlyCharges: 100),
    ];

    public string Title => "Scores of a table";

    public async Task RunAsync(Workspace workspace)
    {
        if (workspace.Emulator is null)
        {
            Console.WriteLine($"This step calls the emulator's '{Endpoints.Churn}': your model has other columns.");
            return;
        }

        IReadOnlyList<double> scores = await workspace.Serving.PredictAsync(
            Endpoints.Churn,
            DatabricksPredictionInput.DataframeSplit(Customers, ScoringJson.Default.Customer),
            ScoringJson.Default.Double);

        foreach (var (customer, score) in Customers.Zip(scores))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{customer.Name,-8} {customer.Tenure,3} months {customer.MonthlyCharges,5:F0} a month   may leave: {score:F2}"));
        }

        // The emulator's model is a line that anybody can check.
        var expected = Customers.Select(customer => Math.Round(0.5 - (0.01 * customer.Tenure) + (0.004 * customer.MonthlyCharges), 6));
        StepFailedException.Unless(scores.SequenceEqual(expected), "The scores are not those of the model's line.");
    }

    private sealed record Customer(string Name, int Tenure, double MonthlyCharges);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Customer))]
    [JsonSerializable(typeof(double))]
    private sealed partial class ScoringJson : JsonSerializerContext;
}
