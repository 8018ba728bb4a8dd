/** Variables by which the driver is told to leave out what nobody asked for: warnings, telemetry, looks at the network. */
export const QUIET_DRIVER: Readonly<Record<string, string>> = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  SF_TELEMETRY_DISABLE_CONNECTION_SHAPE: 'true',
  SNOWFLAKE_DISABLE_MINICORE: 'true',
  SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
};
