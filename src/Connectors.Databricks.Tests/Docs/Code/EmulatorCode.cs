using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>How a program of a user's is tested on the emulator.</summary>
public class EmulatorCode
{
    // <emulator>
    [Fact]
    public async Task A_blocked_prompt_names_its_guardrail()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint("system.ai.claude-sonnet-4-5").Replies("Forty-two.").BlocksByGuardrail();

        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        var chat = serving.GetChatClient("system.ai.claude-sonnet-4-5");
        var answer = await chat.GetResponseAsync("What is the answer?");
        var blocked = await Assert.ThrowsAsync<DatabricksServingException>(() => chat.GetResponseAsync("I am ada@example.com."));

        Assert.Equal("Forty-two.", answer.Text);
        Assert.Equal("input_guardrail", blocked.Guardrail);
        Assert.Equal(2, emulator.Requests.Count);
    }
    // </emulator>
}
