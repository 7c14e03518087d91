using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Security;

/// <summary>
/// What is embedded, completed and scored meets every fault, and turns up in no exception and in no log line, whatever level.
/// </summary>
public class InputCanaryTests
{
    private const string Canary = "canary-input";

    private static readonly Dictionary<string, Func<DatabricksServingClient, Task>> Calls = new()
    {
        ["embeddings"] = serving => serving.GetEmbeddingGenerator("databricks-gte-large-en").GenerateAsync([Canary]),
        ["completion"] = serving => serving.CompleteAsync("text-base", Canary),
        ["predict"] = serving => serving.PredictAsync(
            "churn-v1", DatabricksPredictionInput.DataframeSplit(["tenure", "monthly_charges", "note"], [[1, 2.0, Canary]])),
    };

    public static TheoryData<EmulatedFault, string> Cases()
    {
        var cases = new TheoryData<EmulatedFault, string>();
        foreach (var fault in ConversationCanaryTests.Meetable)
        {
            foreach (var call in Calls.Keys)
            {
                cases.Add(fault, call);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_word_of_an_input_is_in_an_exception_or_a_log(EmulatedFault fault, string call)
    {
        using var log = new FakeLoggerFactory();
        await using var emulator = await DatabricksEmulator.StartAsync(new() { Faults = { Pause = TimeSpan.FromMilliseconds(1) } });
        emulator.Faults.Add(fault).HugeBytes = 2_000_000;
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            LoggerFactory = log,
            Resilience = { Retry = null },
            ResponseLimits = { MaxBytes = 1_000_000 },
        });

        var failure = await Record.ExceptionAsync(() => Calls[call](serving));

        Assert.True(failure is null or DatabricksServingException, failure?.ToString());
        var heard = string.Join("\n", log.Collector.Lines().Select(line => line.Text).Concat(log.Collector.States()).Append($"{failure}"));
        Assert.DoesNotContain(Canary, heard, StringComparison.Ordinal);
        Assert.Contains(Canary, Assert.Single(emulator.Requests).Body, StringComparison.Ordinal);
    }
}
