using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>What a request carries in addition to its document.</summary>
public partial class RequestHeadersTests
{
    [Fact]
    public async Task A_chat_is_posted_with_token_and_accepts_json()
    {
        var sent = await Sent(new VerbatimService());

        Assert.Equal(
            ("POST", "https://some-workspace.cloud.databricks.com/serving-endpoints/some-endpoint/invocations"),
            (sent.Method, sent.Uri.AbsoluteUri));
        Assert.Equal(["Accept", "Authorization", "User-Agent"], sent.Headers.Keys.Order());
        Assert.Equal(("application/json", $"Bearer {Some.Token}"), (sent.Headers["Accept"], sent.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_stream_accepts_events_and_json()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await Exchange.Collect(service.Chat());

        Assert.Equal("text/event-stream, application/json", Assert.Single(service.Sent).Headers["Accept"]);
    }

    [Theory]
    [InlineData("my endpoint", "my%20endpoint")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("../../api/2.0/secrets", "..%2F..%2Fapi%2F2.0%2Fsecrets")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("größe", "gr%C3%B6%C3%9Fe")]
    [InlineData("claude-sonnet-4.5", "claude-sonnet-4.5")]
    public async Task The_name_of_an_endpoint_stays_one_segment(string name, string segment)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Client().GetChatClient(name).GetResponseAsync(Some.Question());

        Assert.Equal(
            $"https://some-workspace.cloud.databricks.com/serving-endpoints/{segment}/invocations",
            Assert.Single(service.Sent).Uri.AbsoluteUri);
    }

    [Fact]
    public async Task The_model_id_chooses_another_endpoint_for_one_call()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Chat().GetResponseAsync(Some.Question(), new ChatOptions { ModelId = "a/b" });

        Assert.Equal("/serving-endpoints/a%2Fb/invocations", Assert.Single(service.Sent).Uri.AbsolutePath);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("my-app", "my-app/0.0.0 ")]
    [InlineData("my-app/1.2.3-beta+4", "my-app/1.2.3-beta+4 ")]
    public async Task The_user_agent_names_application_package_and_platform(string? applicationName, string start)
    {
        var userAgent = (await Sent(new VerbatimService(), applicationName)).Headers["User-Agent"];

        Assert.StartsWith($"{start}Connectors.Databricks/", userAgent, StringComparison.Ordinal);
        Assert.Matches(Product(), userAgent[start.Length..]);
    }

    private static async Task<VerbatimService.SentRequest> Sent(VerbatimService service, string? applicationName = null)
    {
        await service.Answers(Some.ChatBody).Chat(options => options.ApplicationName = applicationName).GetResponseAsync(Some.Question());
        return Assert.Single(service.Sent);
    }

    [GeneratedRegex(@"^Connectors\.Databricks/[0-9A-Za-z.-]+ MEAI/[0-9A-Za-z.-]+ dotnet/[0-9.]+ os/(windows|darwin|linux|other) auth/pat$")]
    private static partial Regex Product();
}
