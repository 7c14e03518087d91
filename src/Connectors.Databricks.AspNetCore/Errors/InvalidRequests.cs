using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.Errors;

/// <summary>Creates the exceptions of requests that are rejected before they are sent.</summary>
internal static class InvalidRequests
{
    public const string ModelNotFoundCode = "model_not_found";

    public static RejectedRequestException Invalid(string message, string? param, string? code = null) =>
        Rejected(StatusCodes.Status400BadRequest, code ?? "invalid_value", message, param);

    public static RejectedRequestException Missing(string param) =>
        Invalid($"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    public static RejectedRequestException Unknown(string param) =>
        Invalid($"Unknown parameter: '{param}'.", param, "unknown_parameter");

    public static RejectedRequestException Unsupported(string message, string? param) =>
        Invalid(message, param, "unsupported_parameter");

    /// <summary>A cause of the workspace with a status of the client: it may retry when the endpoint is ready.</summary>
    public static RejectedRequestException NotReady(string state) =>
        Invalid($"The endpoint is not ready; its state is '{state}'.", null, "endpoint_not_ready");

    /// <param name="errors">The messages by the path of the member.</param>
    public static RejectedRequestException InvalidInput(IReadOnlyDictionary<string, string[]> errors) => new(
        new RequestError(
            StatusCodes.Status400BadRequest, RequestError.InvalidRequest, "invalid_input",
            "The input does not match the signature of the model.")
        {
            Invalid = errors,
        });

    public static RejectedRequestException NotJson(string message) => Invalid(message, null, "invalid_json");

    public static RejectedRequestException TooLarge(long limit) => Rejected(
        StatusCodes.Status413PayloadTooLarge, "request_too_large", $"The request body is larger than {limit} bytes.", null);

    public static RejectedRequestException NotJsonContent() => Rejected(
        StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "The content type must be application/json.", null);

    public static RejectedRequestException NotAcceptable() => Rejected(
        StatusCodes.Status406NotAcceptable, "not_acceptable", "The responses are text/event-stream and application/json.", null);

    /// <summary>The same text for a name that does not exist and for one that is not in the allow-list.</summary>
    public static RejectedRequestException ModelNotFound() => new(ModelNotFoundError());

    public static RequestError ModelNotFoundError() => new(
        StatusCodes.Status404NotFound, RequestError.InvalidRequest, ModelNotFoundCode,
        "The model does not exist or you do not have access to it.", "model");

    private static RejectedRequestException Rejected(int status, string code, string message, string? param) =>
        new(new RequestError(status, RequestError.InvalidRequest, code, message, param));
}
