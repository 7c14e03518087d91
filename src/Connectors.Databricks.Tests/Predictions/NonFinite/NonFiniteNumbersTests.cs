using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Predictions.NonFinite;

/// <summary>Numbers that JSON does not have and Python writes, wherever MLflow's model server sends them.</summary>
public class NonFiniteNumbersTests
{
    private const string Response = """{"predictions": [0.5, NaN, Infinity, -Infinity, -0.5]}""";

    [Fact]
    public async Task A_row_of_a_real_number_has_them() => Assert.Equal(
        [0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.5],
        (await Scoring.Reads(Response)).ReadRows(PredictionJson.Default.Double));

    [Fact]
    public async Task A_row_that_can_be_null_is_null() => Assert.Equal(
        [0.5, null, null, null, -0.5], (await Scoring.Reads(Response)).ReadRows(PredictionJson.Default.NullableDouble));

    [Fact]
    public async Task A_contract_that_allows_named_literals_has_them()
    {
        var prediction = await Scoring.Reads("""{"predictions":[{"low":NaN,"high":[Infinity,1]}]}""");

        var range = Assert.Single(prediction.ReadRows(NamedLiteralsJson.Default.PredictedRange));
        Assert.Equal((double.NaN, double.PositiveInfinity), (range.Low, range.High[0]));
    }

    [Fact]
    public async Task A_missing_value_that_is_no_real_number_is_null()
    {
        var prediction = await Scoring.Reads(
            """{"predictions":[{"name":NaN,"at":NaN,"is_new":-Infinity},{"name":"NaN","at":"2026-11-30T08:00:00","is_new":true}]}""");

        Assert.Equal(
            [new Labeled(null, null, null), new Labeled("NaN", new DateTime(2026, 11, 30, 8, 0, 0), true)],
            prediction.ReadRows(NamedLiteralsJson.Default.Labeled));
    }

    [Fact]
    public async Task As_JSON_they_are_null()
    {
        var prediction = await Scoring.Reads("""{"predictions":{"NaN":[NaN,"NaN \" Infinity",-Infinity]}}""");

        Assert.Equal("""{"NaN":[null,"NaN \" Infinity",null]}""", prediction.ToJsonElement().GetRawText());
    }

    [Fact]
    public async Task The_raw_response_is_unchanged() =>
        Assert.Equal(Response, Encoding.UTF8.GetString((await Scoring.Reads(Response)).RawResponses[0].Body.Span));

    [Fact]
    public async Task Parts_of_a_split_input_are_joined()
    {
        var service = new VerbatimService().Answers("""{"predictions":[NaN]}""").Answers("""{"predictions":[1]}""");

        var prediction = await service.Client().PredictAsync(
            VerbatimService.EndpointName, DatabricksPredictionInput.Instances(DatabricksTensor.From(new[] { 1, 2 })),
            new DatabricksPredictionOptions { MaxRowsPerRequest = 1, MaxConcurrentRequests = 1 });

        Assert.Equal("[null,1]", prediction.ToJsonElement().GetRawText());
        Assert.Equal([double.NaN, 1], prediction.ReadRows(PredictionJson.Default.Double));
    }

    [Fact]
    public async Task The_outputs_of_an_agent_may_have_them()
    {
        const string Body = """{"id":"a","messages":[{"role":"assistant","id":"m","content":"NaN is NaN."}],"custom_outputs":{"score":NaN,"best":[-Infinity]}}""";

        var response = await Exchange.Reads(Body);

        Assert.Equal("NaN is NaN.", response.Text);
        Assert.Equal("""{"score":null,"best":[null]}""", ((JsonElement)response.AdditionalProperties!["custom_outputs"]!).GetRawText());
    }

    [Fact]
    public async Task The_events_of_an_agent_may_have_them()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"a","delta":{"role":"assistant","content":"NaN!","id":"m"}}""",
            """{"id":"a","delta":{"role":"assistant","content":"","id":"m"},"custom_outputs":{"score":NaN},"finish_reason":"stop"}""",
            "[DONE]");

        var response = updates.ToChatResponse();
        Assert.Equal("NaN!", response.Text);
        Assert.Equal("""{"score":null}""", ((JsonElement)response.AdditionalProperties!["custom_outputs"]!).GetRawText());
    }

    [Fact]
    public async Task A_text_completion_may_have_them()
    {
        var service = new VerbatimService().Answers("""{"choices":[{"index":0,"text":"NaN","logprobs":{"token_logprobs":[-Infinity]}}]}""");

        Assert.Equal("NaN", (await service.Client().CompleteAsync(VerbatimService.EndpointName, "Hello?")).Choices[0].Text);
    }

    [Fact]
    public async Task An_embedding_with_them_is_an_error_that_names_them()
    {
        var service = new VerbatimService().Answers("""{"data":[{"index":0,"embedding":[0.1,NaN]}]}""");

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Client().GetEmbeddingGenerator(VerbatimService.EndpointName).GenerateAsync(["Hello?"]));

        Assert.Equal(
            "An embedding contains NaN or an infinite number, so no distance to it can be computed.", failure.InnerException!.Message);
    }
}

/// <summary>A row whose contract allows NaN.</summary>
internal sealed record PredictedRange(double Low, double[] High);

/// <summary>A row of other types, whose contract allows NaN.</summary>
internal sealed record Labeled(string? Name, DateTime? At, bool? IsNew);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(PredictedRange))]
[JsonSerializable(typeof(Labeled))]
internal sealed partial class NamedLiteralsJson : JsonSerializerContext;
