using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Emulator.Sql.Tests.Client;

/// <summary>
/// Whether a warehouse accepts parameter markers as the constant arguments of <c>ai_query</c> is unconfirmed, so both kinds are tested.
/// </summary>
public class AiQueryLiteralTests
{
    private const string Model = "system.ai.claude-sonnet-4-5";

    private static readonly JsonElement HostileSchema = JsonElement.Parse(
        """{"type":"object","properties":{"it's \\ \"a\" `b`'); DROP TABLE main.src.tickets; -- é":{"type":"string"}}}""");

    private static AiQueryBatchOptions Options(string model, bool useLiterals) => new(
        model, SqlTableName.Parse("main.src.tickets"), SqlTableName.Parse("main.out.scored"), "id", "body")
    {
        PromptPrefix = "'); DROP TABLE main.src.tickets; --",
        MaxOutputTokens = 1_000,
        Temperature = 0.1,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(HostileSchema, "it's"),
        UseLiterals = useLiterals,
    };

    private static async Task<SqlWorkspace> StartAsync(bool allowsMarkers)
    {
        var workspace = await SqlWorkspace.StartAsync(options => options.AllowParameterMarkersInAiQuery = allowsMarkers);
        workspace.Warehouse.CreateTable("main.src.tickets", "id BIGINT, body STRING", [[1, "It's broken."], [2, "Refund?"], [3, "Hi"]]);
        workspace.Warehouse.CreateSchema("main", "out");
        return workspace;
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task A_batch_runs_with_parameters_and_with_literals(bool allowsMarkers, bool useLiterals)
    {
        await using var workspace = await StartAsync(allowsMarkers);
        var batch = new AiQueryBatch(workspace.Sql(), Options(Model, useLiterals));

        var estimate = await batch.EstimateAsync(2);
        var result = await batch.RunAsync();

        Assert.Equal((2, 0), (estimate.SampledRows, estimate.Failures.Count));
        Assert.Equal((3L, 0L), (result.Rows, result.FailedRows));
        Assert.Equal(["3"], await workspace.RowsAsync("SELECT count(*) FROM main.src.tickets"));

        // The schema reached the model unchanged: its response has the member.
        await foreach (var row in workspace.Sql().QueryAsync("SELECT r.response FROM main.out.scored"))
        {
            Assert.Equal(
                HostileSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name),
                JsonElement.Parse(row[0]!).EnumerateObject().Select(property => property.Name));
        }
    }

    [Fact]
    public async Task A_warehouse_may_reject_parameters_as_constant_arguments()
    {
        await using var workspace = await StartAsync(allowsMarkers: false);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => new AiQueryBatch(workspace.Sql(), Options(Model, useLiterals: false)).RunAsync());

        Assert.Equal((DatabricksServingErrorKind.StatementFailed, "42K09"), (failure.Kind, failure.SqlState));
        var markers = await Assert.ThrowsAsync<DatabricksServingException>(() => workspace.Sql().ExecuteAsync(
            $"SELECT ai_query('{Model}', body, modelParameters => named_struct('max_tokens', :n)) FROM main.src.tickets",
            [SqlParameter.Create("n", 1)]));
        Assert.Contains("modelParameters of ai_query must be a constant", markers.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_statement_has_literals()
    {
        var options = Options(Model, useLiterals: true);
        options.ResponseFormat = ChatResponseFormat.Json;
        options.PromptPrefix = null;
        var serving = new DatabricksServingClient(new Uri("http://localhost"), DatabricksCredential.FromToken("t"));

        Assert.Equal(
            "CREATE TABLE `main`.`out`.`scored` AS SELECT s.`id`, ai_query('system.ai.claude-sonnet-4-5', s.`body`, failOnError => false, "
            + "modelParameters => named_struct('max_tokens', 1000, 'temperature', 0.1), "
            + "responseFormat => '{\"type\":\"json_object\"}') AS r FROM `main`.`src`.`tickets` s",
            new AiQueryBatch(serving.GetSqlStatementClient("w"), options).Statement);
    }

    [Theory]
    [InlineData("x', 'y'); DROP TABLE main.src.tickets; --")]
    [InlineData("a\\")]
    [InlineData("a b")]
    [InlineData("modèle")]
    public void A_model_that_needs_escapes_is_rejected(string model)
    {
        var serving = new DatabricksServingClient(new Uri("http://localhost"), DatabricksCredential.FromToken("t"));

        var exception = Assert.Throws<ArgumentException>(
            () => new AiQueryBatch(serving.GetSqlStatementClient("w"), Options(model, useLiterals: true)));

        Assert.Contains("UseLiterals does not accept", exception.Message, StringComparison.Ordinal);
    }
}
