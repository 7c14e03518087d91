using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>
/// Databricks-specific inputs and outputs of the types of Microsoft.Extensions.AI: request shaping, strict schemas, prompt caching, agents.
/// </summary>
public static partial class DatabricksAIExtensions
{
    /// <summary>Gets the adjustments of the request to the capabilities of the model.</summary>
    /// <param name="response">A response of this connector.</param>
    /// <returns>The adjustments; empty when the request was sent unchanged.</returns>
    public static IReadOnlyList<DatabricksRequestAdjustment> GetRequestAdjustments(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return Adjustments(response.AdditionalProperties);
    }

    /// <summary>Gets the adjustments of the request, which the last update of a stream reports.</summary>
    /// <param name="update">An update of this connector.</param>
    /// <returns>The adjustments; empty for all updates except the last.</returns>
    public static IReadOnlyList<DatabricksRequestAdjustment> GetRequestAdjustments(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return Adjustments(update.AdditionalProperties);
    }

    /// <summary>Gets the adjustments of the requests for embeddings, such as the mapping of an endpoint name.</summary>
    /// <param name="embeddings">Embeddings of this connector.</param>
    /// <returns>The adjustments; empty when the requests were sent unchanged.</returns>
    public static IReadOnlyList<DatabricksRequestAdjustment> GetRequestAdjustments(this GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return Adjustments(embeddings.AdditionalProperties);
    }

    /// <summary>Gets the denial of a response by a service policy of Unity Gateway.</summary>
    /// <param name="response">A response of this connector.</param>
    /// <returns>The denial; <see langword="null"/> when no policy denied the call.</returns>
    public static DatabricksServicePolicyDenial? GetServicePolicyDenial(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return ServicePolicyFromWire.FromProperties(response.AdditionalProperties);
    }

    /// <summary>Gets the denial of a stream by a service policy of Unity Gateway, which the last update reports.</summary>
    /// <param name="update">An update of this connector.</param>
    /// <returns>The denial; <see langword="null"/> for all other updates, and when no policy denied the call.</returns>
    public static DatabricksServicePolicyDenial? GetServicePolicyDenial(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return ServicePolicyFromWire.FromProperties(update.AdditionalProperties);
    }

    /// <summary>Gets the id of the MLflow trace of an agent; request it with <see cref="WithAgentTrace"/>.</summary>
    /// <param name="response">A response of this connector.</param>
    /// <returns>The id; <see langword="null"/> when the service sent none.</returns>
    [Experimental(ExperimentalIds.ServingAgents)]
    public static string? GetTraceId(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return TextProperties.In(response.AdditionalProperties, DatabricksPropertyNames.TraceId);
    }

    /// <summary>Gets the id of the MLflow trace of an agent, which the last update of a stream reports.</summary>
    /// <param name="update">An update of this connector.</param>
    /// <returns>The id; <see langword="null"/> for all other updates, and when the service sent none.</returns>
    [Experimental(ExperimentalIds.ServingAgents)]
    public static string? GetTraceId(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return TextProperties.In(update.AdditionalProperties, DatabricksPropertyNames.TraceId);
    }

    /// <summary>Gets the custom outputs of an agent.</summary>
    /// <param name="response">A response of this connector.</param>
    /// <returns>The JSON that the agent returned; <see langword="null"/> when it returned none.</returns>
    [Experimental(ExperimentalIds.ServingAgents)]
    public static JsonElement? GetCustomOutputs(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return Json(response.AdditionalProperties, DatabricksPropertyNames.CustomOutputs);
    }

    /// <summary>Gets the custom outputs of an agent, which the last update of a stream reports.</summary>
    /// <param name="update">An update of this connector.</param>
    /// <returns>The JSON that the agent returned; <see langword="null"/> for all other updates, and when it returned none.</returns>
    [Experimental(ExperimentalIds.ServingAgents)]
    public static JsonElement? GetCustomOutputs(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return Json(update.AdditionalProperties, DatabricksPropertyNames.CustomOutputs);
    }

    /// <summary>Adds cache control to a content: the prompt up to its end is cached by models that support prompt caching.</summary>
    /// <param name="content">Text or media, which is modified.</param>
    /// <typeparam name="TContent">The type of the content.</typeparam>
    /// <returns><paramref name="content"/>.</returns>
    public static TContent WithCacheControl<TContent>(this TContent content)
        where TContent : AIContent
    {
        ArgumentNullException.ThrowIfNull(content);
        (content.AdditionalProperties ??= [])[DatabricksPropertyNames.CacheControl] = true;
        return content;
    }

    /// <summary>Adds cache control to a message: the prompt up to its end is cached by models that support prompt caching.</summary>
    /// <param name="message">A system, user or assistant message, which is modified.</param>
    /// <returns><paramref name="message"/>.</returns>
    public static ChatMessage WithCacheControl(this ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        (message.AdditionalProperties ??= [])[DatabricksPropertyNames.CacheControl] = true;
        return message;
    }

    /// <summary>Adds cache control to a tool: it and the tools before it are cached by models that support prompt caching.</summary>
    /// <param name="function">The tool, which is not modified.</param>
    /// <returns>A tool that delegates to <paramref name="function"/> and has cache control.</returns>
    public static AIFunction WithCacheControl(this AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new FunctionWithProperty(function, DatabricksPropertyNames.CacheControl, true);
    }

    private static IReadOnlyList<DatabricksRequestAdjustment> Adjustments(AdditionalPropertiesDictionary? properties) =>
        properties?.TryGetValue(DatabricksPropertyNames.RequestAdjustments, out var value) is true ? AdjustmentsToWire.Read(value) : [];

    private static JsonElement? Json(AdditionalPropertiesDictionary? properties, string name) =>
        properties?.TryGetValue(name, out var value) is true && value is JsonElement json ? json : null;
}
