using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/emulator.md.</summary>
internal static class EmulatorPageCode
{
    public static async Task Script()
    {
        // <emulator-script>
        await using DatabricksEmulator emulator = await DatabricksEmulator.StartAsync();

        emulator.Endpoint("databricks-claude-sonnet-4-5")
            .Fails(429, "REQUEST_LIMIT_EXCEEDED", retryAfter: TimeSpan.FromSeconds(1))
            .Replies("Paris.", reasoning: "The capital of France.")
            .CutsTheStreamAfter(2).AnswersByItself();

        // Point any client at emulator.Host with emulator.Token, then look at what it sent:
        RecordedRequest request = emulator.Requests[0];
        Console.WriteLine($"{request.Method} {request.Path} {request.Json?["messages"]}");
        // </emulator-script>
    }
}
