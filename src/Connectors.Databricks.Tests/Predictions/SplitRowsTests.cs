using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Predictions;

/// <summary>Inputs that need several requests: by rows, in order, and all or nothing.</summary>
public sealed class SplitRowsTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;
    private DatabricksServingClient _serving = null!;

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync();
        _serving = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token));
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task Rows_are_split_by_number_and_their_predictions_joined_in_order()
    {
        var prediction = await _serving.PredictAsync("churn-v1", Rows(25), new() { MaxRowsPerRequest = 10 });

        Assert.Equal(Expected(25), prediction.ReadRows(PredictionJson.Default.Double));
        Assert.Equal(Expected(25), prediction.Read(PredictionJson.Default.DoubleArray)!);
        Assert.Equal(25, prediction.ToJsonElement().GetArrayLength());
        Assert.Equal(3, prediction.RawResponses.Count);
        Assert.Equal([10, 10, 5], _emulator.Requests.Select(Sent).OrderDescending());
    }

    [Fact]
    public async Task A_body_is_filled_to_its_limit_and_not_beyond()
    {
        var limit = """{"dataframe_split":{"columns":["tenure","monthly_charges"],"data":[[0,50],[1,50]]}}""".Length;

        await _serving.PredictAsync("churn-v1", Rows(3), new() { MaxRequestBytes = limit, MaxConcurrentRequests = 1 });
        await _serving.PredictAsync("churn-v1", Rows(3), new() { MaxRequestBytes = limit - 1, MaxConcurrentRequests = 1 });

        Assert.Equal([2, 1, 1, 1, 1], _emulator.Requests.Select(Sent));
    }

    [Fact]
    public async Task Tensors_are_split_by_their_rows()
    {
        var rows = Enumerable.Range(0, 7).SelectMany(i => new float[] { i, 50 }).ToArray();
        var input = DatabricksPredictionInput.Instances(DatabricksTensor.From<float>(rows, 7, 2));

        Assert.Equal(
            Expected(7), await _serving.PredictAsync("churn-v1", input, PredictionJson.Default.Double, new() { MaxRowsPerRequest = 3 }));
        Assert.Equal(3, _emulator.Requests.Count);
    }

    [Fact]
    public async Task Named_inputs_are_never_split()
    {
        var input = DatabricksPredictionInput.Inputs(new Dictionary<string, DatabricksTensor>
        {
            ["tenure"] = DatabricksTensor.From(new[] { 1, 2 }),
            ["monthly_charges"] = DatabricksTensor.From(new[] { 1, 2 }),
        });

        await _serving.PredictAsync("churn-v1", input, new() { MaxRowsPerRequest = 1 });

        Assert.Single(_emulator.Requests);
    }

    [Fact]
    public async Task A_failure_says_which_rows_it_held()
    {
        var rows = Enumerable.Range(0, 6).Select(i => new object?[] { i, i == 4 ? "fifty" : 50 });
        var input = DatabricksPredictionInput.DataframeSplit(["tenure", "monthly_charges"], rows);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => _serving.PredictAsync("churn-v1", input, new() { MaxRowsPerRequest = 3, MaxConcurrentRequests = 1 }));

        Assert.StartsWith("Prediction of rows 3 to 5 on endpoint 'churn-v1' failed: 400 Bad Request", exception.Message);
        Assert.Equal(
            "Incompatible input types for column monthly_charges. Can not safely convert object to float64.", exception.ServiceMessage);
    }

    [Theory]
    [InlineData("""{"predictions":[1]}""", "1 predictions for 2 rows")]
    [InlineData("""{"predictions":[1,2,3]}""", "3 predictions for 2 rows")]
    [InlineData("""{"predictions":{"a":[1,2]}}""", "a prediction that is no list")]
    public async Task Answers_that_cannot_be_joined_throw(string response, string what)
    {
        var service = new VerbatimService().Answers(response);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Client().PredictAsync("some-endpoint", Rows(3), new() { MaxRowsPerRequest = 2, MaxConcurrentRequests = 1 }));

        Assert.Equal(
            $"Prediction of rows 0 to 1 on endpoint 'some-endpoint' failed: {what}. The responses to a split input are concatenated by " +
            "row. If the model needs the whole table, do not split it: leave MaxRowsPerRequest unset, and MaxRequestBytes high.",
            exception.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Limits_that_let_nothing_through_are_refused(int limit)
    {
        foreach (var (options, name) in new (DatabricksPredictionOptions, string)[]
        {
            (new() { MaxRowsPerRequest = limit }, "MaxRowsPerRequest"),
            (new() { MaxRequestBytes = limit }, "MaxRequestBytes"),
            (new() { MaxConcurrentRequests = limit }, "MaxConcurrentRequests"),
        })
        {
            Assert.Equal(
                $"{name} is {limit}. Use 1 or more.",
                (await Scoring.Refusal<ArgumentException>(Scoring.OneRow, options)).Message);
        }
    }

    private static DatabricksPredictionInput Rows(int count) => DatabricksPredictionInput.DataframeSplit(
        ["tenure", "monthly_charges"], Enumerable.Range(0, count).Select(i => new object?[] { i, 50 }));

    private static double[] Expected(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Round(0.7 - (0.01 * i), 6))];

    private static int Sent(RecordedRequest request) => request.Json!["dataframe_split"]!["data"]!.AsArray().Count;
}
