using System.Net;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Makes a call that must fail, and gives back how.</summary>
internal static class Failure
{
    /// <summary>Of a chat that is answered once, with this body.</summary>
    public static Task<DatabricksServingException> OfBody(
        HttpStatusCode status, string body, string mediaType = "application/json", params (string Name, string Value)[] headers) =>
        Of(new VerbatimService().Answers(body, status, mediaType, headers));

    public static Task<DatabricksServingException> Of(VerbatimService service, Action<DatabricksServingOptions>? configure = null) =>
        Of(service.Chat(configure));

    public static Task<DatabricksServingException> Of(IChatClient chat) =>
        Assert.ThrowsAsync<DatabricksServingException>(() => chat.GetResponseAsync(Some.Question()));

    public static Task<DatabricksServingException> OfStream(VerbatimService service, Action<DatabricksServingOptions>? configure = null) =>
        OfStream(service.Chat(configure));

    public static Task<DatabricksServingException> OfStream(IChatClient chat, ChatOptions? options = null) =>
        Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(chat, options));
}
