using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Moq;

namespace Connectors.Databricks.Tests.Predictions;

public class PredictAsyncTests
{
    [Fact]
    public async Task The_call_goes_to_the_endpoint()
    {
        var service = new VerbatimService().Answers("""{"predictions":[1]}""");

        await service.Client().PredictAsync("some-endpoint", Scoring.OneRow);

        Assert.Equal(
            ("POST", $"{Some.Host}serving-endpoints/some-endpoint/invocations"), (service.Sent[0].Method, service.Sent[0].Uri.AbsoluteUri));
    }

    [Fact]
    public async Task A_served_model_is_asked_past_the_traffic_split()
    {
        var service = new VerbatimService().Answers("""{"predictions":[1]}""");

        await service.Client().PredictAsync("a b", Scoring.OneRow, new() { ServedModelName = "challenger/2" });

        Assert.Equal($"{Some.Host}serving-endpoints/a%20b/served-models/challenger%2F2/invocations", service.Sent[0].Uri.AbsoluteUri);
    }

    [Fact]
    public async Task A_failure_names_the_served_model()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => serving.PredictAsync("churn-v1", Scoring.OneRow, new() { ServedModelName = "unknown" }));

        Assert.StartsWith(
            "Prediction by served model 'unknown' on endpoint 'churn-v1' failed: 404 Not Found, RESOURCE_DOES_NOT_EXIST",
            exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    public async Task A_served_model_needs_a_name(string name) => Assert.Equal(
        $"ServedModelName is '{name}', which is not the name of a served model. (Parameter 'options')",
        (await Scoring.Refusal<ArgumentException>(Scoring.OneRow, new() { ServedModelName = name })).Message);

    [Fact]
    public async Task Every_form_gives_the_same_prediction()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        Customer[] customers = [new(10, 50), new(1, 100)];
        var tensors = new Dictionary<string, DatabricksTensor>
        {
            ["tenure"] = DatabricksTensor.From(new[] { 10, 1 }),
            ["monthly_charges"] = DatabricksTensor.From(new[] { 50, 100 }),
        };
        DatabricksPredictionInput[] inputs =
        [
            DatabricksPredictionInput.DataframeSplit(customers, PredictionJson.Default.Customer),
            DatabricksPredictionInput.DataframeSplit(["monthly_charges", "tenure"], [[50, 10], [100, 1]]),
            DatabricksPredictionInput.DataframeRecords(customers, PredictionJson.Default.Customer),
            DatabricksPredictionInput.Instances(DatabricksTensor.From(new[,] { { 10, 50 }, { 1, 100 } })),
            DatabricksPredictionInput.Instances(tensors),
            DatabricksPredictionInput.Inputs(DatabricksTensor.From(new[,] { { 10, 50 }, { 1, 100 } })),
            DatabricksPredictionInput.Inputs(tensors),
        ];

        foreach (var input in inputs)
        {
            // 0.5 - 0.01 × tenure + 0.004 × monthly_charges
            Assert.Equal([0.6, 0.89], await serving.PredictAsync("churn-v1", input, PredictionJson.Default.Double));
        }
    }

    [Fact]
    public async Task Parameters_reach_the_model()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        var options = new DatabricksPredictionOptions { Parameters = new Dictionary<string, object?> { ["decimals"] = 1 } };

        var rows = await serving.PredictAsync(
            "churn-v1", DatabricksPredictionInput.Inputs(DatabricksTensor.From(new[,] { { 1, 100 } })), PredictionJson.Default.Double,
            options);

        Assert.Equal([0.9], rows);
    }

    [Fact]
    public async Task A_column_that_is_missing_is_a_400_in_MLflows_words()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => serving.PredictAsync("churn-v1", DatabricksPredictionInput.DataframeSplit(["tenure"], [[1]])));

        Assert.Equal("Model is missing inputs ['monthly_charges'].", exception.ServiceMessage);
    }

    [Fact]
    public async Task No_row_makes_no_call()
    {
        var service = new VerbatimService();

        var prediction = await service.Client().PredictAsync("some-endpoint", DatabricksPredictionInput.DataframeSplit(["a"], []));

        Assert.Empty(prediction.ReadRows(PredictionJson.Default.Double));
        Assert.Empty(service.Sent);
    }

    [Fact]
    public void Arguments_are_checked_at_the_call()
    {
        var serving = new VerbatimService().Client();

        Assert.Throws<ArgumentException>("endpointName", () => { _ = serving.PredictAsync("", Scoring.OneRow); });
        Assert.Throws<ArgumentNullException>("input", () => { _ = serving.PredictAsync("some-endpoint", null!); });
    }

    [Fact]
    public async Task A_program_can_mock_it()
    {
        var serving = new Mock<DatabricksServingClient>();
        using var value = System.Text.Json.JsonDocument.Parse("[0.5]");
        serving.Setup(client => client.PredictAsync("churn", It.IsAny<DatabricksPredictionInput>(), null, default))
            .ReturnsAsync(new DatabricksPrediction(value.RootElement));

        var prediction = await serving.Object.PredictAsync("churn", Scoring.OneRow);

        Assert.Equal([0.5], prediction.ReadRows(PredictionJson.Default.Double));
    }
}
