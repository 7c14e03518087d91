using Connectors.Databricks;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>Logging in: which credential is used and why, and a service principal whose tokens come, expire and are revoked.</summary>
internal sealed class ServicePrincipal : IStep
{
    public string Title => "Logging in as a service principal";

    public async Task RunAsync(Workspace workspace)
    {
        if (workspace.Emulator is not { } emulator)
        {
            Console.WriteLine(await workspace.Serving.DescribeAuthenticationAsync());
            return;
        }

        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Authentication = { AuthType = "oauth-m2m", ClientId = emulator.ClientId, ClientSecret = emulator.ClientSecret },
        });

        var report = await serving.DescribeAuthenticationAsync();
        Console.WriteLine(report);
        StepFailedException.Unless(report.AuthType == "oauth-m2m", $"The service principal should be used, not '{report.AuthType}'.");
        StepFailedException.Unless(
            !report.ToString().Contains(emulator.ClientSecret, StringComparison.Ordinal), "The report should not hold the secret.");

        IChatClient chat = serving.GetChatClient(workspace.Endpoint(Endpoints.Llama));
        Console.WriteLine((await chat.GetResponseAsync("Say \"logged in\".")).Text);
        StepFailedException.Unless(emulator.OAuth.IssuedTokens.Count == 1, "The report and the call should share one token.");

        // An administrator revokes every token; the next call gets 401, refreshes the token and succeeds.
        emulator.OAuth.RevokeTokens();
        Console.WriteLine((await chat.GetResponseAsync("Say \"still here\".")).Text);
        StepFailedException.Unless(emulator.OAuth.IssuedTokens.Count == 2, "A revoked token should be replaced once.");

        await WrongSecret(emulator.Host, emulator.ClientId);
    }

    private static async Task WrongSecret(Uri host, string clientId)
    {
        var serving = new DatabricksServingClient(host, new DatabricksServicePrincipalCredential(host, clientId, "a-wrong-secret"));
        try
        {
            await serving.GetChatClient(Endpoints.Llama).GetResponseAsync("Hello!");
        }
        catch (DatabricksCredentialException exception)
        {
            Console.WriteLine();
            Console.WriteLine(Terminal.Bold("A wrong secret"));
            Console.WriteLine($"  {exception.Message}");
            StepFailedException.Unless(
                !exception.ToString().Contains("a-wrong-secret", StringComparison.Ordinal), "The message should not hold the secret.");
            return;
        }

        throw new StepFailedException("A wrong secret should give no token.");
    }
}
