import { ArrayMaxSize, ArrayUnique, IsArray, Matches } from 'class-validator';
import { IsCorsOrigin } from 'nestjs-cors/class-validator';

/** The origins of a tenant, all of them. */
export class OriginsDto {
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsCorsOrigin({ each: true })
  // Stored origins are compared byte for byte, so a pattern would allow nothing. Pages get cookies,
  // which must not travel in the clear.
  @Matches(/^(?:https:\/\/|http:\/\/localhost(?::|$))[^*]*$/, {
    each: true,
    message: 'each value in $property must be exact, and https (http on localhost only)',
  })
  readonly origins!: string[];
}
