using System.Text.Json.Serialization;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/predictions.md. Each public method runs on the emulator as a test.</summary>
internal static partial class PredictionsCode
{
    public static async Task Predict(DatabricksServingClient serving)
    {
        // <predict>
        Customer[] customers = [new(Tenure: 10, MonthlyCharges: 50), new(Tenure: 1, MonthlyCharges: 100)];

        IReadOnlyList<double> scores = await serving.PredictAsync(
            "churn-v1",
            DatabricksPredictionInput.DataframeSplit(customers, ScoringJson.Default.Customer),
            ScoringJson.Default.Double);

        foreach (var (customer, score) in customers.Zip(scores))
        {
            Console.WriteLine($"{customer}: {score:P0}");
        }
        // </predict>
        Assert.Equal([0.6, 0.89], scores);
    }

    // <predict>
    public sealed record Customer(int Tenure, double MonthlyCharges);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Customer))]
    [JsonSerializable(typeof(double))]
    public sealed partial class ScoringJson : JsonSerializerContext;
    // </predict>

    public static async Task Forms(DatabricksServingClient serving)
    {
        // <predict-forms>
        var table = DatabricksPredictionInput.DataframeSplit(
            ["tenure", "monthly_charges"],
            [[10, 50], [1, 100.5], [7, null]]);   // null is a missing value

        var matrix = DatabricksPredictionInput.Inputs(DatabricksTensor.From(new double[,] { { 10, 50 }, { 1, 100 } }));

        float[] numbers = [10, 50, 1, 100];
        var rows = DatabricksPredictionInput.Instances(DatabricksTensor.From<float>(numbers, 2, 2));

        var named = DatabricksPredictionInput.Inputs(new Dictionary<string, DatabricksTensor>
        {
            ["tenure"] = DatabricksTensor.From(new[] { 10, 1 }),
            ["monthly_charges"] = DatabricksTensor.From(new[] { 50.0, 100.0 }),
        });
        // </predict-forms>
        foreach (var input in new[] { table, matrix, rows, named })
        {
            Assert.Equal("predictions", (await serving.PredictAsync("churn-v1", input)).ResultName);
        }
    }

    public static async Task Options(DatabricksServingClient serving)
    {
        var input = DatabricksPredictionInput.Inputs(DatabricksTensor.From(new double[,] { { 10, 50.3 } }));

        // <predict-options>
        var options = new DatabricksPredictionOptions
        {
            Parameters = new Dictionary<string, object?> { ["decimals"] = 2 },
            MaxRowsPerRequest = 1_000,
        };
        DatabricksPrediction prediction = await serving.PredictAsync("churn-v1", input, options);
        // </predict-options>
        Assert.Equal([0.6], prediction.ReadRows(ScoringJson.Default.Double));
    }

    public static async Task Served(DatabricksServingClient serving)
    {
        var input = DatabricksPredictionInput.Inputs(DatabricksTensor.From(new double[,] { { 10, 50 } }));
        var servedModel = (await serving.PredictAsync("churn-v1", input)).RawResponses[0].ServedModelName;

        // <predict-served>
        var usual = await serving.PredictAsync("churn-v1", input, ScoringJson.Default.Double);
        var challenger = await serving.PredictAsync(
            "churn-v1", input, ScoringJson.Default.Double, new DatabricksPredictionOptions { ServedModelName = servedModel });
        // </predict-served>
        Assert.Equal(usual, challenger);
    }

    public static async Task Raw(DatabricksServingClient serving)
    {
        var input = DatabricksPredictionInput.Inputs(DatabricksTensor.From(new double[,] { { 10, 50 } }));

        // <predict-raw>
        DatabricksPrediction prediction = await serving.PredictAsync("churn-v1", input);
        Console.WriteLine($"{prediction.ResultName}: {prediction.ToJsonElement()}");
        Console.WriteLine(prediction.RawResponses[0].ServedModelName);
        // </predict-raw>
        Assert.Single(prediction.RawResponses);
    }
}
