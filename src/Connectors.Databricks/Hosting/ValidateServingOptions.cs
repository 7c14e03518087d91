using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Platform;
using Microsoft.Extensions.Options;

namespace Connectors.Databricks.Hosting;

/// <summary>Validates the options when the app starts. No token is acquired.</summary>
internal sealed class ValidateServingOptions : IValidateOptions<DatabricksServingOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabricksServingOptions options)
    {
        try
        {
            var copy = options.CopyValidated();
            RequestAuthenticator.For(copy, new SystemPlatform(copy.TimeProvider));
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is ArgumentException or DatabricksCredentialException)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }
}
