using System.Text.Json.Nodes;
using Connectors.Databricks.Management;
using Connectors.Databricks.Hosting;
using Connectors.Databricks.Tests.Authentication.Security;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connectors.Databricks.Tests.Security;

/// <summary>
/// A service repeats the secrets that it was sent, in every encoding, at every place of an answer, to every kind of call: none is in an
/// exception, a log entry, an activity, a measurement, a report or the result of a tool.
/// </summary>
public class EchoedSecretsTests
{
    private static ManagementToolOptions Everything => new()
    {
        AllowChanges = true,
        ApproveChange = (_, _) => ValueTask.FromResult(true),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var encoding in EchoedSecrets.Encodings.Keys)
            {
                foreach (var place in EchoedSecrets.Places)
                {
                    cases.Add(encoding, place);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_secret_that_a_service_repeats_leaves(string encoding, string place)
    {
        using var recorder = new OutputRecorder();
        using var http = new HttpClient(new EchoedSecrets(encoding, place));
        var client = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = Some.Host,
            Credential = DatabricksCredential.FromToken(EchoedSecrets.Token),
            HttpClient = http,
            LoggerFactory = recorder.Log,
            Resilience = { Retry = null },
        });

        foreach (var call in Calls(client, recorder))
        {
            await FailureAsync(call, recorder);
        }

        recorder.HearProperties(await client.DescribeAuthenticationAsync());
        Assert.NotEmpty(recorder.Log.Collector.GetSnapshot());
        var echoes = new[] { EchoedSecrets.Token, EchoedSecrets.Key }
            .SelectMany(
                secret =>
                    new[]
                    {
                        secret[2..^2],
                        EchoedSecrets.Encodings[encoding](secret),
                        EchoedSecrets.Encodings[encoding](secret).Replace("\0", "", StringComparison.Ordinal),
                    });
        foreach (var (where, text) in recorder.Everything)
        {
            Assert.All(echoes, echo => Assert.False(text?.Contains(echo, StringComparison.Ordinal) is true, $"{where}: {text}"));
            Assert.False(text?.Contains("xCanary", StringComparison.Ordinal) is true, $"{where}: {text}");
        }
    }

    private static IEnumerable<Func<Task>> Calls(DatabricksServingClient client, OutputRecorder recorder)
    {
        var chat = client.GetChatClient("some-endpoint");
        yield return () => chat.GetResponseAsync("Hello?");
        yield return () => chat.GetStreamingResponseAsync("Hello?").ToChatResponseAsync();
        yield return () => client.GetFallbackChatClient(["one", "other"]).GetResponseAsync("Hello?");
        yield return () => client.CompleteAsync("some-endpoint", "Hello");
        yield return async () => await client.CompleteStreamingAsync("some-endpoint", "Hello").ToListAsync();
        yield return () => client.GetEmbeddingGenerator("some-endpoint").GenerateAsync(["Hello?"]);
        yield return () => client.PredictAsync("some-endpoint", DatabricksPredictionInput.Json("inputs", 1));
        yield return () => client.Directory.GetAsync();
        yield return () => BatchAsync(client, recorder);
        var tickets = SqlTableName.Parse("main.src.tickets");
        var sql = client.GetSqlStatementClient("some-warehouse");
        var batch = new AiQueryBatch(sql, new("some-endpoint", tickets, SqlTableName.Parse("main.out.scored"), "id", "body"));
        yield return () => batch.EstimateAsync(1);
        yield return () => batch.RunAsync();
        yield return () => batch.ResumeAsync();
        yield return () => batch.RetryFailedAsync();
        yield return async () => await batch.ReadFailuresAsync().ToListAsync();
        var (analysis, since) = (new InferenceTableAnalysis(sql, tickets), DateTimeOffset.UnixEpoch);
        yield return () => analysis.GetModelVersionsAsync(since, since.AddDays(1));
        yield return () => analysis.CompareAsync("a", "b", since, since.AddDays(1));
        foreach (var (_, call) in EveryMethod.Of(client, EchoedSecrets.Key))
        {
            yield return call;
        }

        yield return async () =>
        {
            foreach (var tool in client.Directory.CreateTools(new() { AllowQueries = true })
                .Concat(client.GetManagementClient().CreateTools(Everything)))
            {
                var result = await tool.InvokeAsync(new()
                {
                    ["name"] = "some-endpoint", ["question"] = "Hello?", ["key"] = "a", ["percentages"] = new JsonObject { ["a"] = 100 },
                });
                recorder.Record(tool.Name, $"{result}");
            }
        };
        yield return async () =>
        {
            var check = new EndpointHealthCheck(client, "some-endpoint", new(), TimeProvider.System);
            var registration = new HealthCheckRegistration("a", check, HealthStatus.Unhealthy, tags: null);
            var result = await check.CheckHealthAsync(new HealthCheckContext { Registration = registration });
            recorder.Record("a health check", $"{result.Description} {string.Join(' ', result.Data)}");
            throw result.Exception!;
        };
    }

    // The errors of a batch are results, and lines of its checkpoint.
    private static async Task BatchAsync(DatabricksServingClient client, OutputRecorder recorder)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var options = new DatabricksBatchOptions { CheckpointPath = Path.Combine(folder.FullName, "batch.jsonl") };
            for (var run = 0; run < 2; run++)
            {
                await foreach (var result in client.RunBatchAsync(
                    "some-endpoint", [DatabricksBatchRequest.Chat("a", "Hello?")], options))
                {
                    recorder.Record(result.Error!);
                }
            }

            recorder.Record("a checkpoint", await File.ReadAllTextAsync(options.CheckpointPath));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FailureAsync(Func<Task> call, OutputRecorder recorder)
    {
        try
        {
            await call();
        }
        catch (DatabricksServingException exception)
        {
            recorder.Record(exception);
        }
    }
}
