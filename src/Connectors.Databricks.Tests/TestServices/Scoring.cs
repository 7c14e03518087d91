using System.Text.Json.Serialization;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>A row as a program has it.</summary>
internal sealed record Customer(
    int Tenure,
    [property: JsonPropertyName("monthly_charges")] double MonthlyCharges,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note = null);

/// <summary>A row whose contract leaves out what is nothing.</summary>
internal sealed record Sparse([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Tenure);

/// <summary>What a model says of a row.</summary>
internal sealed record Score(double Probability, string Label);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Sparse))]
[JsonSerializable(typeof(Score))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(double?))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(Dictionary<string, object>))]
[JsonSerializable(typeof(Dictionary<string, double[]>))]
internal sealed partial class PredictionJson : JsonSerializerContext;

/// <summary>Exchanges with a classic model, with both documents in the test.</summary>
internal static class Scoring
{
    /// <summary>Predicts and checks the request; the answer does not matter.</summary>
    public static async Task Sends(string request, DatabricksPredictionInput input, DatabricksPredictionOptions? options = null)
    {
        var service = new VerbatimService().Answers("""{"predictions":[]}""");
        await service.Client().PredictAsync(VerbatimService.EndpointName, input, options);
        JsonText.AssertEqual(request, Assert.Single(service.Sent).Body);
    }

    public static Task<DatabricksPrediction> Reads(string response) =>
        new VerbatimService().Answers(response).Client().PredictAsync(VerbatimService.EndpointName, OneRow);

    public static Task<TException> Refusal<TException>(DatabricksPredictionInput input, DatabricksPredictionOptions? options = null)
        where TException : Exception =>
        Assert.ThrowsAsync<TException>(() => new VerbatimService().Client().PredictAsync(VerbatimService.EndpointName, input, options));

    public static DatabricksPredictionInput OneRow => DatabricksPredictionInput.Instances(DatabricksTensor.From(new[] { 1 }));
}
