namespace Connectors.Databricks.Emulator.Http;

/// <summary>Ends a request with the standard error document.</summary>
internal sealed class ApiErrorException(int status, string errorCode, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string ErrorCode { get; } = errorCode;

    public static ApiErrorException Invalid(string message) => new(400, "INVALID_PARAMETER_VALUE", message);

    /// <summary>Unconfirmed: the code; that it is a 400 is documented of a stopped endpoint only.</summary>
    public static ApiErrorException WrongState(string message) => new(400, "INVALID_STATE", message);

    public static ApiErrorException Missing(string message) => new(404, "RESOURCE_DOES_NOT_EXIST", message);

    /// <summary>The code and the first sentence are those of the test server of the Databricks CLI [cli].</summary>
    public static ApiErrorException Updating(string name, string what) =>
        new(409, "RESOURCE_CONFLICT", $"Endpoint {name} is currently updating. Wait for the update to complete before {what}.");
}
