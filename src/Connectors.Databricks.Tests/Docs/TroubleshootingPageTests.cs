using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>docs/troubleshooting.md lists texts that exceptions really have, each with the situation that causes it.</summary>
public class TroubleshootingPageTests
{
    private const string Claude = "databricks-claude-sonnet-4-5";
    private const string Service = "system.ai.claude-sonnet-4-5";

    private static readonly Dictionary<string, Func<DatabricksEmulator, Task>> Situations = new(StringComparer.Ordinal)
    {
        ["No workspace is configured: set DATABRICKS_HOST"] = _ => Connect(new FakePlatform()),
        ["No authentication type returned a token."] = _ => Connect(new FakePlatform().With("DATABRICKS_HOST", "https://x")),
        ["Settings of more than one authentication type are configured"] = _ => Connect(
            new FakePlatform().With("DATABRICKS_HOST", "https://x").With("DATABRICKS_TOKEN", "t").With("DATABRICKS_CLIENT_ID", "i")
                .With("DATABRICKS_CLIENT_SECRET", "s")),
        ["Invalid access token: the token has expired."] = emulator =>
        {
            emulator.Endpoint(Service).ExpiresTokens();
            return AskAsync(emulator, Service);
        },
        ["The endpoint is temporarily disabled due to a Databricks-set rate limit of 0."] = emulator =>
        {
            emulator.Endpoint(Claude).AnswersAsDisabled();
            return AskAsync(emulator, Claude);
        },
        ["Please use Unity Gateway."] = async _ =>
        {
            var options = new DatabricksEmulatorOptions { Workspace = EmulatedWorkspace.GatewayEnforced };
            options.Authentication.TokensThatOnlyQuery.Add("query-only");
            await using var enforced = await DatabricksEmulator.StartAsync(options);
            await AskAsync(enforced, Claude, token: "query-only");
        },
        ["The workspace has no Unity Gateway"] = async _ =>
        {
            await using var sovereign = await DatabricksEmulator.StartAsync(new() { Workspace = EmulatedWorkspace.Sovereign });
            await AskAsync(sovereign, "main.ai.chat");
        },
        ["required scopes: ai-gateway"] = emulator =>
        {
            emulator.Endpoint(Service).RequiresScope("ai-gateway");
            return AskAsync(emulator, Service);
        },
        ["REQUEST_LIMIT_EXCEEDED"] = emulator =>
        {
            emulator.Endpoint(Service).Fails(429, "REQUEST_LIMIT_EXCEEDED");
            return AskAsync(emulator, Service);
        },
        ["404 Not Found, RESOURCE_DOES_NOT_EXIST"] = emulator => AskAsync(emulator, "no-such-endpoint"),
        ["cannot exceed"] = emulator =>
        {
            emulator.Endpoint(Service).CapsOutputTokensAt(25_000);
            return AskAsync(emulator, Service, options: new ChatOptions { MaxOutputTokens = 32_000 });
        },
        ["the stream ended before its end marker"] = emulator =>
        {
            emulator.Endpoint(Service).CutsTheStreamAfter(2);
            return AskAsync(emulator, Service, streams: true);
        },
        ["an HTML page with a success status"] = emulator =>
        {
            emulator.Endpoint(Service).ReturnsHtmlLogin();
            return AskAsync(emulator, Service);
        },
        ["Budget"] = emulator =>
        {
            emulator.Endpoint(Service).ExhaustsBudget();
            return AskAsync(emulator, Service);
        },
        ["could not be reached"] = _ => new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = new Uri("http://127.0.0.1:9"),
            Credential = DatabricksCredential.FromToken("t"),
            Resilience = { Retry = null },
        }).GetChatClient(Service).GetResponseAsync("Hi"),
    };

    public static TheoryData<string> Texts => [.. Situations.Keys];

    [Fact]
    public void Each_text_of_the_page_has_a_situation()
    {
        var page = MarkdownFile.All.Single(page => page.Path == "docs/troubleshooting.md");

        var texts = MarkdownTable.In(page).First().Rows.Select(row => row.Cells[0].Trim('`'));

        Assert.Equal(Situations.Keys.Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task The_exception_of_the_situation_has_the_text(string text)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();

        var exception = await Record.ExceptionAsync(() => Situations[text](emulator));

        Assert.True(exception is DatabricksServingException or DatabricksCredentialException, $"{exception}");
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    private static async Task AskAsync(
        DatabricksEmulator emulator, string name, ChatOptions? options = null, string? token = null, bool streams = false)
    {
        var chat = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(token ?? emulator.Token),
            Resilience = { Retry = null },
        }).GetChatClient(name, new DatabricksChatOptions { CorrectRejectedParameters = false });
        if (streams)
        {
            await Exchange.Collect(chat);
        }
        else
        {
            await chat.GetResponseAsync("Hi", options);
        }
    }

    private static async Task Connect(FakePlatform platform) =>
        await new DatabricksServingClient(new DatabricksServingOptions(), platform).GetChatClient(Service).GetResponseAsync("Hi");
}
