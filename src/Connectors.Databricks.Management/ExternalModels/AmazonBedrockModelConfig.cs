using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management;

/// <summary>The authentication at Amazon Bedrock: with an access key, an instance profile or a service credential.</summary>
public sealed record AmazonBedrockModelConfig : ExternalModelConfig
{
    /// <summary>Gets the AWS region, such as <c>us-east-1</c>.</summary>
    public string? AwsRegion { get; init; }

    /// <summary>Gets the provider of the model in Amazon Bedrock.</summary>
    public BedrockProvider? BedrockProvider { get; init; }

    /// <summary>Gets the access key id.</summary>
    [JsonIgnore]
    public EndpointSecret? AccessKeyId { get; init; }

    /// <summary>Gets the secret access key.</summary>
    [JsonIgnore]
    public EndpointSecret? SecretAccessKey { get; init; }

    /// <summary>Gets the ARN of an instance profile, instead of an access key.</summary>
    public string? InstanceProfileArn { get; init; }

    /// <summary>Gets the Unity Catalog service credential, instead of an access key.</summary>
    [JsonPropertyName("uc_service_credential_name")]
    public string? ServiceCredentialName { get; init; }

    internal override string? MissingSecret =>
        InstanceProfileArn is not null || ServiceCredentialName is not null ? null
        : AccessKeyId is null ? "aws_access_key_id"
        : SecretAccessKey is null ? "aws_secret_access_key"
        : null;

    [JsonInclude]
    internal string? AwsAccessKeyId { get => AccessKeyId?.Reference; init => AccessKeyId = EndpointSecret.FromWire(value) ?? AccessKeyId; }

    [JsonInclude]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? AwsAccessKeyIdPlaintext { get => AccessKeyId?.Plaintext; init => _ = value; }

    [JsonInclude]
    internal string? AwsSecretAccessKey
    {
        get => SecretAccessKey?.Reference;
        init => SecretAccessKey = EndpointSecret.FromWire(value) ?? SecretAccessKey;
    }

    [JsonInclude]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? AwsSecretAccessKeyPlaintext { get => SecretAccessKey?.Plaintext; init => _ = value; }
}
