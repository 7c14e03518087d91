using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Security;

/// <summary>
/// The framework quotes the bytes of an answer that does not keep to HTTP, which may be another caller's: nothing of that is in ours.
/// </summary>
public class QuotedBytesTests
{
    private const string Quote = "Received an invalid status line: 'canary-answer'.";

    [Fact]
    public async Task In_place_of_a_status_line()
    {
        var failure = await Failure.Of(new VerbatimService().Throws(new HttpRequestException(HttpRequestError.InvalidResponse, Quote)));

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: the connection to https://some-workspace.cloud.databricks.com broke before a " +
            "response arrived (InvalidResponse: The response violates HTTP.). Try again: it was not retried, because the first " +
            "attempt may be billed.",
            failure.Message);
        IsSilent(failure);
    }

    [Fact]
    public async Task In_a_body() => IsSilent(await Failure.Of(new VerbatimService().Answers(HttpStatusCode.OK, Broken())));

    [Fact]
    public async Task In_a_stream() => IsSilent(await Failure.OfStream(
        new VerbatimService().Streams(new SlicedStream([], 1, new HttpIOException(HttpRequestError.InvalidResponse, Quote)))));

    [Fact]
    public async Task In_vectors()
    {
        var generator = new VerbatimService().Answers(HttpStatusCode.OK, Broken()).Client().GetEmbeddingGenerator("some-vectors");

        IsSilent(await Assert.ThrowsAsync<DatabricksServingException>(() => generator.GenerateAsync(["a"])));
    }

    [Fact]
    public async Task In_the_answer_to_a_log_in()
    {
        const string Host = "https://w.cloud.databricks.com";
        var machine = new FakePlatform()
            .With("DATABRICKS_HOST", Host).With("DATABRICKS_CLIENT_ID", "id").With("DATABRICKS_CLIENT_SECRET", "secret")
            .Answers($"{Host}/.well-known/databricks-config", "{}", HttpStatusCode.NotFound)
            .Answers($"{Host}/oidc/.well-known/oauth-authorization-server", $$"""{"token_endpoint":"{{Host}}/oidc/v1/token"}""")
            .Breaks($"{Host}/oidc/v1/token", new HttpRequestException(HttpRequestError.InvalidResponse, Quote));
        var options = new DatabricksServingOptions { HttpClient = new HttpClient(new VerbatimService()), TimeProvider = machine.Clock };
        var chat = new DatabricksServingClient(options, machine).GetChatClient("some-endpoint");

        var failure = await Assert.ThrowsAsync<DatabricksCredentialException>(() => chat.GetResponseAsync(Some.Question()));

        Assert.Contains("The response violates HTTP.", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
    }

    private static BrokenContent Broken() => new(new HttpIOException(HttpRequestError.InvalidResponse, Quote));

    private static void IsSilent(DatabricksServingException failure)
    {
        Assert.True(failure.IsTransient);
        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
    }
}
