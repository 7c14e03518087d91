using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Security;

/// <summary>
/// A conversation full of words to listen for meets every fault: none of them turns up in an exception or in a log line, whatever level.
/// </summary>
public class ConversationCanaryTests
{
    private const string Endpoint = "databricks-llama-4-maverick";

    private static readonly string[] Canaries = ["canary-prompt", "canary-answer", "canary-argument", "canary-result", "canary-system"];

    /// <summary>Every fault but those that only a clock ends.</summary>
    public static IEnumerable<EmulatedFault> Meetable { get; } =
        Enum.GetValues<EmulatedFault>().Where(fault => fault is not (EmulatedFault.SilenceBeforeHeaders or EmulatedFault.SilenceMidBody));

    public static TheoryData<EmulatedFault> Faults() => [.. Meetable];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task No_word_of_a_conversation_is_in_an_exception_or_a_log(EmulatedFault fault)
    {
        using var log = new FakeLoggerFactory();
        await using var emulator = await DatabricksEmulator.StartAsync(new() { Faults = { Pause = TimeSpan.FromMilliseconds(1) } });
        emulator.Endpoint(Endpoint).Replies("canary-answer, said at length").CallsTool("find", """{"q":"canary-argument"}""")
            .Replies("canary-answer, said at length").CallsTool("find", """{"q":"canary-argument"}""");
        emulator.Faults.Add(fault).HugeBytes = 2_000_000;
        var chat = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            LoggerFactory = log,
            Resilience = { Retry = null },
            ResponseLimits = { MaxBytes = 1_000_000, MaxEventBytes = 200_000 },
        }).GetChatClient(Endpoint);

        var said = new List<string>();
        for (var round = 0; round < 2; round++)
        {
            said.Add(await FailureAsync(() => chat.GetResponseAsync(Conversation())));
            said.Add(await FailureAsync(() => Collect(chat)));
        }

        var heard = string.Join("\n", said.Concat(log.Collector.Lines().Select(line => line.Text)).Concat(log.Collector.States()));
        Assert.NotEmpty(log.Collector.Lines());
        Assert.Contains(
            emulator.Requests, request => request.Fault == fault && request.Body.Contains("canary-prompt", StringComparison.Ordinal));
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, heard, StringComparison.Ordinal));
        Assert.DoesNotContain(emulator.Token, heard, StringComparison.Ordinal);
    }

    private static ChatMessage[] Conversation() =>
    [
        new(ChatRole.System, "canary-system"),
        new(ChatRole.User, "canary-prompt"),
        new(ChatRole.Assistant, [new FunctionCallContent("a", "find", new Dictionary<string, object?> { ["q"] = "canary-argument" })]),
        new(ChatRole.Tool, [new FunctionResultContent("a", "canary-result")]),
    ];

    private static async Task<string> FailureAsync(Func<Task> call)
    {
        try
        {
            await call();
            return string.Empty;
        }
        catch (DatabricksServingException exception)
        {
            return $"{exception} {exception.InnerException} {exception.ServiceMessage} {exception.ErrorCode}";
        }
    }

    private static async Task Collect(IChatClient chat)
    {
        await foreach (var update in chat.GetStreamingResponseAsync(Conversation()))
        {
            _ = update;
        }
    }
}
