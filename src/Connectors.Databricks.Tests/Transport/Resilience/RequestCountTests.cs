using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport.Resilience;

/// <summary>The retry strategy alone decides how often a request is sent; the framework resends nothing by itself.</summary>
public class RequestCountTests
{
    public static TheoryData<string> Calls => ["list", "get", "delete", "chat"];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_request_without_an_answer_is_sent_once_when_retries_are_off(string call)
    {
        await using var server = new LoopbackServer();

        await Assert.ThrowsAsync<DatabricksServingException>(() => SendAsync(Client(server, retries: 0), call));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("get")]
    public async Task A_read_without_an_answer_is_sent_as_often_as_the_retries_say(string call)
    {
        await using var server = new LoopbackServer();

        await Assert.ThrowsAsync<DatabricksServingException>(() => SendAsync(Client(server, retries: 2), call));

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_disposed_client_is_a_typed_exception(string call)
    {
        var http = new HttpClient(new VerbatimService());
        http.Dispose();
        var client = new VerbatimService().Client(options => options.HttpClient = http);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => SendAsync(client, call));

        Assert.EndsWith(
            " failed: the HttpClient of the options has been disposed. Keep it as long as the DatabricksServingClient.",
            failure.Message, StringComparison.Ordinal);
        Assert.Equal((false, true), (failure.IsTransient, failure.InnerException is ObjectDisposedException));
    }

    private static Task SendAsync(DatabricksServingClient client, string call) => call switch
    {
        "list" => client.GetManagementClient().ListAsync(),
        "get" => client.GetManagementClient().GetAsync("churn"),
        "delete" => client.GetManagementClient().DeleteAsync("churn"),
        _ => client.GetChatClient("churn").GetResponseAsync(Some.Question()),
    };

    private static DatabricksServingClient Client(LoopbackServer server, int retries)
    {
        var options = new DatabricksServingOptions { Host = server.Address, Credential = DatabricksCredential.FromToken(Some.Token) };
        options.RetriesAtOnce(retries);
        return new DatabricksServingClient(options);
    }
}
