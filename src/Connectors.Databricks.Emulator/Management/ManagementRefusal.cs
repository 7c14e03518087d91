namespace Connectors.Databricks.Emulator.Management;

/// <summary>Ends a management request with an error document.</summary>
internal sealed class ManagementRefusal(int status, string errorCode, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string ErrorCode { get; } = errorCode;

    public static ManagementRefusal Invalid(string message) => new(400, "INVALID_PARAMETER_VALUE", message);

    /// <summary>unseen: the code; that it is a 400 is documented of a stopped endpoint only.</summary>
    public static ManagementRefusal WrongState(string message) => new(400, "INVALID_STATE", message);

    public static ManagementRefusal Missing(string message) => new(404, "RESOURCE_DOES_NOT_EXIST", message);

    /// <summary>The code and the first sentence are those of Databricks' own fake [cli].</summary>
    public static ManagementRefusal Updating(string name, string what) =>
        new(409, "RESOURCE_CONFLICT", $"Endpoint {name} is currently updating. Wait for the update to complete before {what}.");
}
