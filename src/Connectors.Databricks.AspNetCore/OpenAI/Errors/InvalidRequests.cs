using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.OpenAI.Errors;

/// <summary>Creates the exceptions of requests that are rejected before they are sent.</summary>
internal static class InvalidRequests
{
    public static OpenAIRequestException Invalid(string message, string? param, string? code = null) =>
        Rejected(StatusCodes.Status400BadRequest, code ?? "invalid_value", message, param);

    public static OpenAIRequestException Missing(string param) =>
        Invalid($"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    public static OpenAIRequestException Unknown(string param) =>
        Invalid($"Unknown parameter: '{param}'.", param, "unknown_parameter");

    public static OpenAIRequestException Unsupported(string message, string? param) =>
        Invalid(message, param, "unsupported_parameter");

    public static OpenAIRequestException NotJson(string message) => Invalid(message, null, "invalid_json");

    public static OpenAIRequestException TooLarge(long limit) => Rejected(
        StatusCodes.Status413PayloadTooLarge, "request_too_large", $"The request body is larger than {limit} bytes.", null);

    public static OpenAIRequestException NotJsonContent() => Rejected(
        StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "The content type must be application/json.", null);

    /// <summary>The same text for a name that does not exist and for one that is not in the allow-list.</summary>
    public static OpenAIRequestException ModelNotFound() => new(ModelNotFoundError());

    public static OpenAIError ModelNotFoundError() => new(
        StatusCodes.Status404NotFound, OpenAIError.InvalidRequest, "model_not_found",
        "The model does not exist or you do not have access to it.", "model");

    private static OpenAIRequestException Rejected(int status, string code, string message, string? param) =>
        new(new OpenAIError(status, OpenAIError.InvalidRequest, code, message, param));
}
