using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.Docs.Code;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs;

/// <summary>The code of docs/migration.md against the emulator.</summary>
public class MigrationCodeTests
{
    [Fact]
    public async Task The_OpenAI_client_sends_the_current_token_of_a_credential()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        List<string> tokens = [emulator.Token];
        var credential = DatabricksCredential.FromTokenProvider(_ => new(new DatabricksAccessToken(tokens[^1])));
        var chat = MigrationCode.Refreshed(emulator.Host, credential)
            .GetChatClient("databricks-meta-llama-3-3-70b-instruct").AsIChatClient();

        var first = await chat.GetResponseAsync("Hi");
        tokens.Add(emulator.RotateToken());
        var second = await chat.GetResponseAsync("Hi");

        Assert.All([first, second], response => Assert.NotEmpty(response.Text));
        Assert.Equal([200, 200], emulator.Requests.Select(request => request.StatusCode!.Value));
    }
}
