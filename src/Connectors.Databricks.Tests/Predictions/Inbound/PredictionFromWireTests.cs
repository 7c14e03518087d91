using System.Net;
using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Predictions.Inbound;

public class PredictionFromWireTests
{
    [Theory]
    [InlineData("""{"predictions":[0.5,1]}""", "predictions")]
    [InlineData("""{"outputs":[0.5,1]}""", "outputs")]
    [InlineData("""{"metadata":{"a":[1]},"predictions":[0.5,1],"outputs":null}""", "predictions")]
    [InlineData("""{"outputs":null,"predictions":[0.5,1]}""", "predictions")]
    [InlineData("[0.5,1]", null)]
    public async Task A_list_is_read_row_by_row(string response, string? resultName)
    {
        var prediction = await Scoring.Reads(response);

        Assert.Equal([0.5, 1.0], prediction.ReadRows(PredictionJson.Default.Double));
        Assert.Equal([0.5, 1.0], prediction.Read(PredictionJson.Default.DoubleArray)!);
        Assert.Equal("[0.5,1]", prediction.ToJsonElement().GetRawText());
        Assert.Equal(resultName, prediction.ResultName);
        Assert.Equal(response, System.Text.Encoding.UTF8.GetString(prediction.RawResponses[0].Body.Span));
    }

    [Fact]
    public async Task Rows_may_be_records()
    {
        var prediction = await Scoring.Reads(
            """{"outputs":[{"probability":0.25,"label":"stays"},{"probability":0.75,"label":"goes"}]}""");

        Assert.Equal([new Score(0.25, "stays"), new Score(0.75, "goes")], prediction.ReadRows(PredictionJson.Default.Score));
    }

    [Fact]
    public async Task A_row_without_a_prediction_is_null() =>
        Assert.Equal([0.5, null], (await Scoring.Reads("""{"predictions":[0.5,null]}""")).ReadRows(PredictionJson.Default.NullableDouble));

    [Fact]
    public async Task An_object_of_lists_is_read_whole()
    {
        var prediction = await Scoring.Reads("""{"predictions":{"a":[1,2],"b":[3,4]}}""");

        Assert.Equal([3.0, 4.0], prediction.Read(PredictionJson.Default.DictionaryStringDoubleArray)!["b"]);
        Assert.Equal(
            "The prediction is a JSON StartObject, not a list of rows. Use Read, which reads any value.",
            Assert.Throws<JsonException>(() => prediction.ReadRows(PredictionJson.Default.Double)).Message);
    }

    [Fact]
    public async Task A_bare_text_is_read_whole() =>
        Assert.Equal("Hello.", (await Scoring.Reads("""{"predictions":"Hello."}""")).Read(PredictionJson.Default.String));

    [Fact]
    public async Task A_document_of_its_own_is_there_as_JSON()
    {
        var prediction = await Scoring.Reads("""{"score":0.5}""");

        Assert.Null(prediction.ResultName);
        Assert.Equal(0.5, prediction.ToJsonElement().GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task A_row_that_does_not_fit_its_type_throws()
    {
        var prediction = await Scoring.Reads("""{"predictions":["high"]}""");

        Assert.Throws<JsonException>(() => prediction.ReadRows(PredictionJson.Default.Double));
    }

    [Theory]
    [InlineData("""{"predictions":[1""")]
    [InlineData("""{"predictions":[1]}]""")]
    [InlineData("""{"predictions":[nan]}""")]
    [InlineData("""{"predictions":[1NaN]}""")]
    [InlineData("""{"predictions":[NaN1]}""")]
    [InlineData("""{"predictions":[--Infinity]}""")]
    [InlineData("")]
    public async Task What_is_no_JSON_throws(string response) => Assert.StartsWith(
        "Prediction on endpoint 'some-endpoint' failed: a response that is not the expected JSON.",
        (await Assert.ThrowsAsync<DatabricksServingException>(() => Scoring.Reads(response))).Message);

    [Theory]
    [InlineData("""{"error_code":"INTERNAL_ERROR","message":"It broke."}""")]
    [InlineData("""{"error":{"message":"It broke.","code":"INTERNAL_ERROR"}}""")]
    [InlineData("""{"predictions":null,"error":{"message":"It broke.","code":"INTERNAL_ERROR"}}""")]
    public async Task An_error_object_in_a_200_body_throws(string response) => Assert.StartsWith(
        "Prediction on endpoint 'some-endpoint' failed: an error object in a 200 OK body, INTERNAL_ERROR: \"It broke.\"",
        (await Assert.ThrowsAsync<DatabricksServingException>(() => Scoring.Reads(response))).Message);

    [Fact]
    public async Task A_table_that_does_not_fit_keeps_MLflows_words()
    {
        const string words =
            "Encountered an unexpected error while evaluating the model. Verify that the input is compatible with the model for inference.";
        var service = new VerbatimService().Answers($$"""{"error_code":"BAD_REQUEST","message":"{{words}}"}""", HttpStatusCode.BadRequest);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Client().PredictAsync("some-endpoint", Scoring.OneRow));

        Assert.Equal(words, exception.ServiceMessage);
        Assert.Equal(
            $"Prediction on endpoint 'some-endpoint' failed: 400 Bad Request, BAD_REQUEST: \"{words}\" Compare the columns, their types " +
            "and the input format with the model signature, which the page of the endpoint in the workspace shows. Foundation models do " +
            "not support tables: use GetChatClient.",
            exception.Message);
    }
}
