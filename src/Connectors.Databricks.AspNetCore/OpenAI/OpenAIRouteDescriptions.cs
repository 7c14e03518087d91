using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;

namespace Connectors.Databricks.AspNetCore.OpenAI;

/// <summary>
/// The descriptions of the routes in OpenAPI documents: the members that all clients use. The reference of the OpenAI API has the others.
/// </summary>
internal static class OpenAIRouteDescriptions
{
    private static readonly int[] BodyErrors = [400, 404, 413, 415, 429, 502, 503, 504];
    private static readonly int[] ListErrors = [429, 502, 503, 504];

    public static void ChatCompletions(IEndpointConventionBuilder route) => Describe(
        route, "Create a chat completion", "Chat completions of the OpenAI API. With stream, returns server-sent events.",
        typeof(OpenAIChatCompletionRequestSchema), typeof(OpenAIChatCompletionSchema), BodyErrors);

    public static void Responses(IEndpointConventionBuilder route) => Describe(
        route, "Create a response", "The Responses API of OpenAI, without state. With stream, returns server-sent events.",
        typeof(OpenAIResponsesRequestSchema), typeof(OpenAIResponseSchema), BodyErrors);

    public static void Embeddings(IEndpointConventionBuilder route) => Describe(
        route, "Create embeddings", "Embeddings of the OpenAI API.", typeof(OpenAIEmbeddingsRequestSchema), typeof(OpenAIEmbeddingsSchema),
        BodyErrors);

    public static void Models(IEndpointConventionBuilder route) => Describe(
        route, "List models", "The endpoints and model services that clients may use as model.", null, typeof(OpenAIModelsSchema),
        ListErrors);

    public static void Model(IEndpointConventionBuilder route) => Describe(
        route, "Get a model", "One endpoint or model service.", null, typeof(OpenAIModelSchema), [404, .. ListErrors],
        nameof(RouteSignatures.WithModel));

    private static void Describe(
        IEndpointConventionBuilder route, string summary, string description, Type? request, Type response, int[] errors,
        string signature = nameof(RouteSignatures.WithoutParameters)) => new RouteDescription(route, summary, description).Add(
            request, signature,
            [
                (200, response, ["application/json"]),
                .. errors.Select(status => (status, (Type?)typeof(OpenAIErrorSchema), (string[])["application/json"])),
            ]);
}
